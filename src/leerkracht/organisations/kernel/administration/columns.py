"""Find the head of a sheet, its kind, and which column says what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..register.words import folded
from .files import Row
from .kinds import COACHES, CONTACTS, HISTORY, KINDS, STAGES, Kind

LOOK_FOR_HEAD = 15
_TOTALS = ("totaal", "total", "subtotaal", "eindtotaal", "aantal", "som")
# Heads that only one kind has; the first kind that fits wins a draw.
_ORDER = (COACHES, CONTACTS, HISTORY, STAGES)
_TELLING = {COACHES: ("coach",), CONTACTS: ("name", "phone"), HISTORY: ("stage", "to_date"), STAGES: ("stage",)}


@dataclass(frozen=True)
class Guess:
    """What a sheet seems to be; ``head`` is the position of its head among the rows."""

    head: int
    kind: str
    columns: dict[int, str]


def guess(rows: Sequence[Row], remembered: Mapping[str, Mapping[str, str]]) -> Guess:
    """Guess head, kind and columns; ``remembered`` says per kind which head meant what last time."""
    best, score = Guess(0, STAGES, {}), -1.0
    for position, row in enumerate(rows[:LOOK_FOR_HEAD]):
        for key in _ORDER:
            columns = guess_columns(row, KINDS[key], remembered.get(key, {}))
            found = _score(KINDS[key], columns)
            if found > score:
                best, score = Guess(position, key, columns), found
    return best


def guess_head(rows: Sequence[Row], kind: str, remembered: Mapping[str, str]) -> Guess:
    """The head that fits a kind best."""
    heads = [
        (position, guess_columns(row, KINDS[kind], remembered)) for position, row in enumerate(rows[:LOOK_FOR_HEAD])
    ]
    position, columns = max(heads, key=lambda head: (_score(KINDS[kind], head[1]), -head[0]))
    return Guess(position, kind, columns)


def guess_columns(head: Row, kind: Kind, remembered: Mapping[str, str]) -> dict[int, str]:
    """Which column says what, each thing once; what was chosen last time comes before our own words."""
    found: dict[int, str] = {}
    names = [folded(cell) for cell in head.cells]
    for position, name in enumerate(names):
        key = remembered.get(name)
        if key and any(column.key == key for column in kind.columns) and key not in found.values():
            found[position] = key
    for column in kind.columns:
        fits = [at for at, name in enumerate(names) if name in column.words and at not in found]
        if fits and column.key not in found.values():
            found[fits[0]] = column.key
    return found


def _score(kind: Kind, columns: Mapping[int, str]) -> float:
    """How many columns are known; what tells this kind from the others counts double, a missing need subtracts."""
    known = set(columns.values())
    telling = all(key in known for key in _TELLING[kind.key])
    missing = sum(1 for group in kind.needs if known.isdisjoint(group))
    return len(known) + 2 * telling - 1.5 * missing


def missing_columns(kind: Kind, columns: Mapping[int, str]) -> list[tuple[str, ...]]:
    """Groups of columns of which none was chosen."""
    chosen = set(columns.values())
    return [group for group in kind.needs if chosen.isdisjoint(group)]


@dataclass(frozen=True)
class Line:
    """One row by what its cells mean; what is empty is not there."""

    number: int
    values: Mapping[str, str]

    def get(self, key: str) -> str:
        return self.values.get(key, "")


def lines_of(rows: Sequence[Row], head: int, columns: Mapping[int, str]) -> list[Line]:
    """The rows under the head; empty ones, repeated heads and totals are left out."""
    title = rows[head].cells if rows else ()
    found = []
    for row in rows[head + 1 :]:
        if row.cells == title or is_total(row):
            continue
        values = {key: row.cells[at] for at, key in columns.items() if at < len(row.cells) and row.cells[at]}
        if values:
            found.append(Line(row.line, values))
    return found


def is_total(row: Row) -> bool:
    """A line such as ‘Totaal 1.400’ under a list: a word for a sum, and hardly anything else."""
    filled = [cell for cell in row.cells if cell]
    return len(filled) <= 3 and folded(filled[0]).split(" ")[0] in _TOTALS


def samples(rows: Sequence[Row], head: int, column: int, most: int = 3) -> list[str]:
    """Some different values of a column, to show what is in it."""
    found: dict[str, None] = {}
    for row in rows[head + 1 : head + 40]:
        if column < len(row.cells) and row.cells[column]:
            found.setdefault(row.cells[column])
        if len(found) == most:
            break
    return list(found)
