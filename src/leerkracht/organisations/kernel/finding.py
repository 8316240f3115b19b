"""Typing errors in what somebody looks for, and why a school was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .register import folded

Key = TypeVar("Key")
MOST_WORDS = 6
MOST_CORRECTIONS = 4
SHORTEST = 4  # in shorter words every letter counts
LONG = 8


def edits_allowed(word: str) -> int:
    """How many typing errors a word may hold: none below four letters, one up to seven, two from eight."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < LONG else 2


def pieces(word: str, errors: int) -> list[str]:
    """Cut a word so that at least one piece is whole in every word that holds so many errors, or fewer.

    An error touches one piece, two letters that changed places at most two; hence two pieces an error, and one more.
    """
    count = min(2 * errors + 1, len(word))
    cuts = [round(number * len(word) / count) for number in range(count + 1)]
    return [word[start:end] for start, end in pairwise(cuts)]


def nearest(word: str, known: Collection[str], errors: int) -> list[str]:
    """Known words that ``word`` is a mistyping of with at most so many errors; at most four, the nearest first.

    Only where there is none: words that it may be a mistyped beginning of. Errors: insertions, deletions,
    substitutions and neighbours that changed places (optimal string alignment).
    """
    found = _within(word, {other: other for other in known}, errors)
    if not found:
        ends = range(len(word) - errors, len(word) + errors + 1)
        cut = {(other, end): other[:end] for other in known if len(other) > len(word) for end in ends}
        found = [(distance, other) for distance, (other, _end) in _within(word, cut, errors)]
    best = min((distance for distance, _other in found), default=0)
    ordered = sorted({other for distance, other in found if distance == best}, key=lambda other: _unlike(word, other))
    return ordered[:MOST_CORRECTIONS]


def _within(word: str, known: Mapping[Key, str], errors: int) -> list[tuple[int, Key]]:
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=errors, limit=None)
    return [(int(distance), key) for _text, distance, key in found]


def _unlike(word: str, other: str) -> tuple[bool, int, str]:
    return other[0] != word[0], abs(len(other) - len(word)), other


@dataclass(frozen=True)
class Place:
    """A location as its reader sees it."""

    code: str
    name: str
    place: str


@dataclass(frozen=True)
class Reason:
    """Why a school stands in the list when its own name and place do not say so; empty when they do."""

    former_name: str = ""
    location: Place | None = None


def reason(
    words: str, *, name: str, place: str, code: str, locations: Iterable[Place], former: Iterable[str]
) -> Reason:
    """Say which location or former name holds what the school's own name, place and code do not."""
    own = folded(name, place, code)
    missing = [word for word in folded(words).split()[:MOST_WORDS] if word not in own]
    if not missing:
        return Reason()
    for location in locations:
        if _holds(f"{own} {folded(location.name, location.place, location.code)}", missing):
            return Reason(location=location)
    for old in former:
        if _holds(f"{own} {folded(old)}", missing):
            return Reason(former_name=old)
    return Reason()


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)
