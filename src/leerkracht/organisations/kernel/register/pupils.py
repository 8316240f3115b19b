"""Pupils per location on 1 October of each year, as published: a number, or ``<5`` where it is withheld."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .locations import CODE, code_mistakes
from .tables import RefusedRow, Table

KIND = "pupils"
FEW = "<5"
_YEAR = re.compile(r"LEERLINGEN (\d{4})")
MOST = 20_000  # pupils at one location; more is a mistake

Count = int | None  # none: fewer than five, the number is withheld


@dataclass(frozen=True)
class PupilRow:
    """Counts of one location by year; a year that the file leaves empty is absent."""

    line: int
    code: str
    counts: Mapping[int, Count]

    @property
    def is_empty_now(self) -> bool:
        """Whether the latest year says that there are no pupils."""
        return self.counts.get(max(self.counts, default=0), 0) == 0


@dataclass(frozen=True)
class PupilFile:
    rows: tuple[PupilRow, ...]
    refused: tuple[RefusedRow, ...]
    kind: str = KIND

    @property
    def row_count(self) -> int:
        return len(self.rows) + len(self.refused)


@dataclass
class PupilPlan:
    """What changes per known location, by code and year; ``passed_over`` were closed before this register began."""

    new: dict[str, dict[int, Count]]
    changed: dict[str, dict[int, Count]]
    refused: list[RefusedRow]
    passed_over: int = 0


def is_pupils(table: Table) -> bool:
    return table.has(CODE) and any(_YEAR.fullmatch(column) for column in table.columns)


def read_pupils(table: Table) -> PupilFile:
    """Read counts; a cell that is neither a number nor ``<5`` refuses its row."""
    years = {column: int(match[1]) for column in table.columns if (match := _YEAR.fullmatch(column))}
    rows: dict[str, PupilRow] = {}
    refused: list[RefusedRow] = []
    for number, line in table.rows():
        try:
            cells = table.cells(line)
            row = PupilRow(number, _code(cells, rows), _counts(cells, years))
        except Refusal as refusal:
            refused.append(RefusedRow(number, refusal))
            continue
        rows[row.code] = row
    return PupilFile(tuple(rows.values()), tuple(refused))


def plan_pupils(file: PupilFile, known: Mapping[str, Mapping[int, Count]]) -> PupilPlan:
    """Compare a file with what is known, per location code; a code that is not in ``known`` has no location.

    Years without pupils are kept only where a number stood before: nothing is deleted, and nothing is filled up.
    """
    result = PupilPlan({}, {}, list(file.refused))
    for row in file.rows:
        before = known.get(row.code)
        if before is None:
            _sort_unknown(row, result)
            continue
        after = {year: n for year, n in row.counts.items() if year in before or n != 0}
        differing = {year: n for year, n in after.items() if year not in before or before[year] != n}
        if differing:
            (result.changed if before else result.new)[row.code] = differing
    result.refused.sort(key=lambda refused: refused.line)
    return result


def _sort_unknown(row: PupilRow, result: PupilPlan) -> None:
    if row.is_empty_now:
        result.passed_over += 1
        return
    text = _("Vestiging %(location)s staat niet in het register. Lees eerst de lijst in waar deze school in staat.")
    result.refused.append(RefusedRow(row.line, Refusal("register.unknown_location", text, location=row.code)))


def _code(cells: Mapping[str, str], rows: Mapping[str, PupilRow]) -> str:
    code = cells[CODE].upper()
    for refusal in code_mistakes(code[:4], code):
        raise refusal
    if code in rows:
        text = _("Vestiging %(location)s staat ook op regel %(line)s. Die regel telt, deze niet.")
        raise Refusal("register.twice", text, location=code, line=rows[code].line)
    return code


def _counts(cells: Mapping[str, str], years: Mapping[str, int]) -> dict[int, Count]:
    return {year: _count(cells[column], year) for column, year in years.items() if cells[column]}


def _count(cell: str, year: int) -> Count:
    if cell == FEW:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", cell) or int(cell) > MOST:
        text = _("Het aantal leerlingen in %(year)s is ‘%(value)s’. Het moet een getal zijn, of <5.")
        raise Refusal("register.pupils", text, year=year, value=cell[:20])
    return int(cell)
