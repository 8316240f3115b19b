"""Keep what lists and searches use of a school in step with what the register knows of its locations."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction
from django.db.models import Sum

from leerkracht.organisations.kernel.register import folded
from leerkracht.organisations.models import FormerName, GoverningBody, PupilCount, School, SearchWord

BATCH = 300
LONGEST_WORD = 80


@transaction.atomic
def settle_school_facts() -> int:
    """Write what schools and governing bodies are found by anew where it differs; returns how many schools changed.

    Former names and latest pupils of schools, the search text of bodies, and the words that a typing error is held
    against. To be called by whatever takes in schools, names or pupil counts.
    """
    texts, pupils = _former_texts(), _latest_pupils()
    changed = []
    for school in School.objects.only("pk", "former_text", "pupils", "pupils_year"):
        after = (texts.get(school.pk, ""), *pupils.get(school.pk, (None, None)))
        if (school.former_text, school.pupils, school.pupils_year) != after:
            school.former_text, school.pupils, school.pupils_year = after
            changed.append(school)
    School.objects.bulk_update(changed, ["former_text", "pupils", "pupils_year"], batch_size=BATCH)
    _settle_bodies()
    _settle_words()
    return len(changed)


def _settle_bodies() -> None:
    changed = []
    for body in GoverningBody.objects.all():
        after = folded(body.name, body.number)
        if body.search_text != after:
            body.search_text = after
            changed.append(body)
    GoverningBody.objects.bulk_update(changed, ["search_text"], batch_size=BATCH)


def _settle_words() -> None:
    texts = School.objects.values_list("search_text", "former_text")
    wanted = {word for pair in texts for text in pair for word in text.split() if len(word) <= LONGEST_WORD}
    known = dict(SearchWord.objects.values_list("word", "pk"))
    gone = [pk for word, pk in known.items() if word not in wanted]
    for start in range(0, len(gone), BATCH):
        SearchWord.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    new = [SearchWord(word=word, length=len(word)) for word in sorted(wanted - set(known))]
    SearchWord.objects.bulk_create(new, batch_size=BATCH)


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
