"""A made-up list of each kind, about schools of the demonstration, to look at and to fill in."""

from __future__ import annotations

from .kinds import COACHES, CONTACTS, HISTORY, KINDS, STAGES

_SCHOOL = ("ZZAA00", "ZZAA", "De Regenboog", "Voorbeeldstad", "99001")
_OTHER = ("ZZAB00", "ZZAB", "Het Krijtje", "Stelverzee", "99014")
_ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    STAGES: ((*_SCHOOL, "eerste jaar", "1-8-2026", ""), (*_OTHER, "gepauzeerd", "1-2-2026", "nieuwe schoolleider")),
    HISTORY: (
        (*_SCHOOL, "kennisgemaakt", "15-1-2026", "1-4-2026", ""),
        (*_SCHOOL, "draagvlakbijeenkomst", "1-4-2026", "1-6-2026", ""),
        (*_SCHOOL, "toegelaten", "1-6-2026", "", ""),
    ),
    CONTACTS: (
        (*_SCHOOL, "", "Wil Voorbeeld", "schoolleider", "wil@voorbeeld.example", "010 000 00 00", "belt liever"),
        ("", "", "", "", "99001", "", "Bo Voorbeeld", "bestuurssecretaris", "bo@voorbeeld.example", "", ""),
    ),
    COACHES: (
        ("Kim Voorbeeld", "kim@voorbeeld.example", "expertcoach", *_SCHOOL, "", "", "1-8-2026", ""),
        ("Sam Voorbeeld", "sam@voorbeeld.example", "verandercoach", *[""] * 4, "99001", "", "", "1-8-2026", ""),
    ),
}


def example(kind: str) -> tuple[list[str], list[list[str]]]:
    """Head (labels, to be translated) and rows of a made-up list."""
    return [column.label for column in KINDS[kind].columns], [list(row) for row in _ROWS[kind]]
