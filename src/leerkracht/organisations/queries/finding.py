"""Looking for a school as one types: order by likeness, typing errors, and why a school stands there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Case, IntegerField, Q, Value, When

from leerkracht.organisations.kernel.finding import MOST_WORDS, Place, Reason, edits_allowed, nearest, pieces, reason
from leerkracht.organisations.kernel.register import folded
from leerkracht.organisations.models import FormerName, Location, School, SearchWord

# Written in full by one, short by the other; the register does both.
SHORT = {"sint": "st", "st": "sint", "doctor": "dr", "dr": "doctor", "professor": "prof", "prof": "professor"}


@dataclass(frozen=True)
class Wording:
    """What somebody typed, each word with what it may stand for: itself, or known words that it is a mistyping of."""

    typed: str
    words: tuple[tuple[str, ...], ...]

    @property
    def is_corrected(self) -> bool:
        return self.said != " ".join(self.typed_words)

    @property
    def typed_words(self) -> list[str]:
        return folded(self.typed).split()[:MOST_WORDS]

    @property
    def said(self) -> str:
        """The words that are looked for; of several corrections of one word the nearest."""
        return " ".join(options[0] for options in self.words)

    def where(self) -> Q:
        """Schools that hold every word, or one of its corrections, in a name, place or code of now or before."""
        return reduce(lambda found, options: found & _any_holds(options), self.words, Q())


def as_typed(typed: str) -> Wording:
    return Wording(typed, tuple((word,) for word in folded(typed).split()[:MOST_WORDS]))


def corrected(wording: Wording) -> Wording:
    """Replace each word that no school knows by the nearest that some school does; at most three queries a word."""
    return replace(wording, words=tuple(_options(word) for (word,) in wording.words))


def likeness(wording: Wording) -> Case:
    """Order by how well a school answers: its code, its name from the start, words from their start, anything else."""
    said = wording.said
    starts = reduce(lambda found, word: found & _word_starts("search_text", word), said.split(), Q())
    return Case(
        When(code__iexact=said.replace(" ", ""), then=0),
        When(Q(search_text=said) | Q(search_text__startswith=f"{said} "), then=1),
        When(search_text__startswith=said, then=2),
        When(_word_starts("search_text", said), then=3),
        When(starts, then=4),
        When(reduce(lambda found, word: found & Q(search_text__contains=word), said.split(), Q()), then=5),
        default=Value(6),
        output_field=IntegerField(),
    )


def reasons(schools: Iterable[School], wording: Wording) -> dict[int, Reason]:
    """Say of each school why it was found where its row does not show it; two queries, none without words."""
    rows = list(schools)
    if not wording.words or not rows:
        return {}
    ids, said = [school.pk for school in rows], wording.said
    locations, former = defaultdict(list), defaultdict(list)
    for row in Location.objects.filter(school__in=ids).order_by("closed_date", "code"):
        locations[row.school_id].append(Place(row.code, row.name, row.place))
    for owner, name in FormerName.objects.filter(location__school__in=ids).values_list("location__school", "name"):
        former[owner].append(name)
    return {
        school.pk: reason(
            said,
            name=school.name,
            place=getattr(school, "place", "") or "",
            code=school.code,
            locations=locations[school.pk],
            former=former[school.pk],
        )
        for school in rows
    }


def _options(word: str) -> tuple[str, ...]:
    if SearchWord.objects.filter(word__contains=word).exists():
        return (word,)
    for errors in range(1, edits_allowed(word) + 1):
        whole = reduce(or_, (Q(word__contains=piece) for piece in pieces(word, errors)))
        known = SearchWord.objects.filter(whole, length__gte=len(word) - errors).values_list("word", flat=True)
        if found := nearest(word, list(known), errors):
            return tuple(found)
    return (word,)


def _any_holds(options: tuple[str, ...]) -> Q:
    held = reduce(or_, (Q(search_text__contains=word) | Q(former_text__contains=word) for word in options))
    whole = (SHORT[word] for word in options if word in SHORT)
    return reduce(or_, (_whole_word(field, word) for word in whole for field in ("search_text", "former_text")), held)


def _whole_word(field: str, word: str) -> Q:
    return Q(**{f"{field}__startswith": f"{word} "}) | Q(**{f"{field}__contains": f" {word} "})


def _word_starts(field: str, word: str) -> Q:
    return Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"})
