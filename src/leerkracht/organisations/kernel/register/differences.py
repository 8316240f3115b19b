"""What a register file changes in what is known; nothing is written here, and nothing is ever deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .locations import LocationRow, RegisterFile
from .tables import RefusedRow
from .words import folded

# Codes that are never given out. Made-up schools and real ones leave each other alone: neither file closes the other's.
MADE_UP = "ZZ"


@dataclass(frozen=True)
class KnownLocation:
    code: str
    school_code: str
    is_open: bool
    facts: Mapping[str, str]


@dataclass(frozen=True)
class KnownSchool:
    """``body`` is the number of the governing body it belongs to now, or nothing for a closed school."""

    code: str
    name: str
    sector: str
    body: str | None
    search_text: str
    is_open: bool


@dataclass(frozen=True)
class Snapshot:
    """What is known before the import, by code."""

    locations: Mapping[str, KnownLocation]
    schools: Mapping[str, KnownSchool]


@dataclass(frozen=True)
class ChangedSchool:
    """A school as it will stand: new, renamed, reopened or at another governing body (empty: not known)."""

    code: str
    name: str
    body: str
    search_text: str


@dataclass
class Plan:
    """What to write. Counts are of locations, the key of the register."""

    new: list[LocationRow] = field(default_factory=list)
    changed: list[LocationRow] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)  # what a location was called until now, by code
    closed: list[str] = field(default_factory=list)
    moved: list[LocationRow] = field(default_factory=list)
    schools: list[ChangedSchool] = field(default_factory=list)
    closed_schools: list[str] = field(default_factory=list)
    moved_schools: dict[str, str] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    compared: int = 0  # open locations that the file should have named

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.closed or self.moved or self.schools)


def plan(file: RegisterFile, known: Snapshot, *, sector: str) -> Plan:
    """Compare a file that is complete for one sector with what is known of that sector."""
    result = Plan(refused=list(file.refused))
    rows_of_school: dict[str, list[LocationRow]] = defaultdict(list)
    for row in file.rows:
        refusal = _clash(row, known, sector)
        if refusal:
            result.refused.append(RefusedRow(row.line, refusal))
            continue
        rows_of_school[row.school_code].append(row)
        _sort_location(row, known, result)
    result.refused.sort(key=lambda refused: refused.line)
    for code, rows in rows_of_school.items():
        _sort_school(code, rows, known.schools.get(code), result)
    _close(file.mentioned, known, sector, result)
    return result


def _clash(row: LocationRow, known: Snapshot, sector: str) -> Refusal | None:
    school = known.schools.get(row.school_code)
    if school and school.sector != sector:
        text = _(
            "School %(school)s staat al in een andere sector (%(sector)s). Kies de sector die bij dit bestand hoort."
        )
        return Refusal("register.other_sector", text, school=row.school_code, sector=school.sector.lower())
    return None


def _sort_location(row: LocationRow, known: Snapshot, result: Plan) -> None:
    before = known.locations.get(row.code)
    school = known.schools.get(row.school_code)
    if before is None:
        result.new.append(row)
    elif not before.is_open or dict(before.facts) != row.facts():
        result.changed.append(row)
    if before and before.facts["name"] != row.name:
        result.renamed[row.code] = before.facts["name"]
    if before and school and school.body not in (None, row.body):
        result.moved.append(row)


def _sort_school(code: str, rows: Iterable[LocationRow], before: KnownSchool | None, result: Plan) -> None:
    ordered = sorted(rows, key=lambda row: row.code)
    main = ordered[0]
    texts = [text for row in ordered for text in (row.name, row.place, row.code)]
    after = ChangedSchool(code, main.name, main.body, folded(*dict.fromkeys(texts)))
    if before and before.body not in (None, after.body):
        result.moved_schools[code] = after.body
    was = before and (before.is_open, before.name, before.body or "", before.search_text)
    if was != (True, after.name, after.body, after.search_text):
        result.schools.append(after)


def _close(mentioned: frozenset[str], known: Snapshot, sector: str, result: Plan) -> None:
    staying = set()
    is_made_up = any(code.startswith(MADE_UP) for code in mentioned)
    for location in known.locations.values():
        in_sector = known.schools[location.school_code].sector == sector
        if not (location.is_open and in_sector and location.code.startswith(MADE_UP) == is_made_up):
            continue
        result.compared += 1
        if location.code in mentioned:
            staying.add(location.school_code)
        else:
            result.closed.append(location.code)
    staying |= {row.school_code for row in [*result.new, *result.changed]}
    gone = {known.locations[code].school_code for code in result.closed}
    result.closed_schools = sorted(code for code in gone - staying if known.schools[code].is_open)
