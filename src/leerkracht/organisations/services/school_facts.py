"""Keep what lists and searches use of a school in step with what the register knows of its locations."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction
from django.db.models import Sum

from leerkracht.organisations.kernel.register import folded
from leerkracht.organisations.models import FormerName, PupilCount, School

BATCH = 300


@transaction.atomic
def settle_school_facts() -> int:
    """Write former names and latest pupils of every school anew where they differ; returns how many schools changed.

    To be called by whatever takes in pupil counts or former names.
    """
    texts, pupils = _former_texts(), _latest_pupils()
    changed = []
    for school in School.objects.only("pk", "former_text", "pupils", "pupils_year"):
        after = (texts.get(school.pk, ""), *pupils.get(school.pk, (None, None)))
        if (school.former_text, school.pupils, school.pupils_year) != after:
            school.former_text, school.pupils, school.pupils_year = after
            changed.append(school)
    School.objects.bulk_update(changed, ["former_text", "pupils", "pupils_year"], batch_size=BATCH)
    return len(changed)


def _former_texts() -> dict[int, str]:
    names: dict[int, list[str]] = defaultdict(list)
    rows = FormerName.objects.order_by("location__code", "-until_date", "pk")
    for school_id, name in rows.values_list("location__school", "name"):
        names[school_id].append(name)
    return {school_id: folded(*dict.fromkeys(before)) for school_id, before in names.items()}


def _latest_pupils() -> dict[int, tuple[int | None, int]]:
    """Per school the pupils of all its locations in the latest year known; withheld counts count for nothing."""
    rows = PupilCount.objects.values("location__school", "year").annotate(total=Sum("pupils")).order_by("year")
    return {school: (total, year) for school, year, total in rows.values_list("location__school", "year", "total")}
