"""The register as it is known now, by code, for comparison with a file."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count

from leerkracht.organisations.kernel.register import KnownLocation, KnownSchool, LocationRow, Snapshot
from leerkracht.organisations.models import (
    GoverningBody,
    Location,
    PostcodeArea,
    PupilCount,
    RegisterImport,
    School,
    SchoolGovernance,
)

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


def points() -> dict[str, tuple[str, float | None, float | None]]:
    """Kind, latitude and longitude of every location, by code."""
    rows = Location.objects.values_list("code", "kind", "latitude", "longitude")
    return {code: (kind, latitude, longitude) for code, kind, latitude, longitude in rows.iterator()}


def holiday_regions() -> dict[str, str]:
    """The holiday region of each municipality; where one has two, that of most of its locations."""
    rows = Location.objects.exclude(municipality="").values("municipality", "holiday_region")
    counted = rows.annotate(locations=Count("pk")).order_by("locations", "holiday_region")
    return {row["municipality"]: row["holiday_region"] for row in counted}


def pupil_counts() -> dict[str, dict[int, int | None]]:
    """Pupils per location code and year; ``None`` is fewer than five. A location without counts is there too."""
    counts: dict[int, dict[int, int | None]] = defaultdict(dict)
    for location, year, pupils in PupilCount.objects.values_list("location_id", "year", "pupils").iterator(5_000):
        counts[location][year] = pupils
    return {code: counts.get(pk, {}) for pk, code in Location.objects.values_list("pk", "code").iterator()}


def body_names() -> dict[str, str]:
    return dict(GoverningBody.objects.values_list("number", "name"))


def postcodes() -> dict[str, tuple[str, float, float]]:
    """Place, latitude and longitude of every postcode area."""
    rows = PostcodeArea.objects.values_list("code", "place", "latitude", "longitude")
    return {code: (place, latitude, longitude) for code, place, latitude, longitude in rows}


def latest_import() -> RegisterImport | None:
    return RegisterImport.objects.order_by("-at", "-pk").first()
