"""The register as it is known now, by code, for comparison with a file."""

from __future__ import annotations

from leerkracht.organisations.kernel.register import KnownLocation, KnownSchool, LocationRow, Snapshot
from leerkracht.organisations.models import Location, RegisterImport, School, SchoolGovernance

FACTS = tuple(LocationRow(0, *[""] * 14).facts())


def snapshot() -> Snapshot:
    """Everything known, in three queries however many schools there are."""
    bodies = dict(SchoolGovernance.objects.filter(to_date=None).values_list("school__code", "governing_body__number"))
    schools = {
        school.code: KnownSchool(
            code=school.code,
            name=school.name,
            sector=school.sector,
            body=bodies.get(school.code),
            search_text=school.search_text,
            is_open=school.closed_date is None,
        )
        for school in School.objects.iterator()
    }
    locations = {
        facts["code"]: KnownLocation(
            code=facts["code"],
            school_code=facts["school__code"],
            is_open=facts["closed_date"] is None,
            facts={name: facts[name] for name in FACTS},
        )
        for facts in Location.objects.values("code", "school__code", "closed_date", *FACTS).iterator()
    }
    return Snapshot(locations, schools)


def latest_import() -> RegisterImport | None:
    return RegisterImport.objects.order_by("-at", "-pk").first()
