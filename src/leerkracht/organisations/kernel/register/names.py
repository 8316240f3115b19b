"""Names that other lists lack: of governing bodies, and of vocational institutions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .coordinates import holiday_region
from .differences import Plan, Snapshot, plan
from .locations import BODY, CODE, SCHOOL_CODE, LocationRow, RegisterFile, mistakes
from .tables import RefusedRow, Table
from .words import place_name

BODIES, INSTITUTIONS = "bodies", "institutions"
SECTOR = "MBO"  # the only institutions whose published list has no locations
# How published and home-made lists head the same column.
_NUMBERS = (BODY, "BEVOEGD GEZAG", "BESTUURSNUMMER", "NUMMER")
_BODY_NAMES = ("BEVOEGD GEZAG NAAM", "NAAM BEVOEGD GEZAG", "NAAM BESTUUR", "BESTUURSNAAM", "NAAM")
_INSTITUTION_NAMES = ("INSTELLINGSNAAM", "NAAM INSTELLING", "NAAM")
_LONGEST = 160


@dataclass(frozen=True)
class BodyRow:
    line: int
    number: str
    name: str


@dataclass(frozen=True)
class BodyFile:
    rows: tuple[BodyRow, ...]
    refused: tuple[RefusedRow, ...]
    kind: str = BODIES

    @property
    def row_count(self) -> int:
        return len(self.rows) + len(self.refused)


@dataclass(frozen=True)
class InstitutionFile:
    rows: tuple[LocationRow, ...]
    refused: tuple[RefusedRow, ...]
    kind: str = INSTITUTIONS

    @property
    def row_count(self) -> int:
        return len(self.rows) + len(self.refused)


@dataclass
class BodyPlan:
    """``new`` had no name yet; ``passed_over`` governs no school of this register."""

    new: list[BodyRow] = field(default_factory=list)
    changed: list[BodyRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    passed_over: int = 0


def is_bodies(table: Table) -> bool:
    return not table.has(SCHOOL_CODE) and all(_column(table, names) for names in (_NUMBERS, _BODY_NAMES))


def is_institutions(table: Table) -> bool:
    return table.has(SCHOOL_CODE) and not table.has(CODE) and bool(_column(table, _INSTITUTION_NAMES))


def read_bodies(table: Table) -> BodyFile:
    """Read numbers and names of governing bodies."""
    number_column, name_column = _column(table, _NUMBERS), _column(table, _BODY_NAMES)
    rows: dict[str, BodyRow] = {}
    refused: list[RefusedRow] = []
    for line, text in table.rows():
        try:
            cells = table.cells(text)
            row = BodyRow(line, cells[number_column], cells[name_column])
            _check_body(row, rows)
        except Refusal as refusal:
            refused.append(RefusedRow(line, refusal))
            continue
        rows[row.number] = row
    return BodyFile(tuple(rows.values()), tuple(refused))


def plan_bodies(file: BodyFile, known: Mapping[str, str]) -> BodyPlan:
    """Compare with the names known by number."""
    result = BodyPlan(refused=list(file.refused))
    for row in file.rows:
        if row.number not in known:
            result.passed_over += 1
        elif not known[row.number]:
            result.new.append(row)
        elif known[row.number] != row.name:
            result.changed.append(row)
    return result


def read_institutions(table: Table) -> InstitutionFile:
    """Read vocational institutions; each stands for one location, whose code ends in 00."""
    name_column = _column(table, _INSTITUTION_NAMES)
    rows: dict[str, LocationRow] = {}
    refused: list[RefusedRow] = []
    for line, text in table.rows():
        try:
            row = _institution(line, table.cells(text), name_column)
            if row.code in rows:
                words = _("School %(school)s staat ook op regel %(line)s. Die regel telt, deze niet.")
                raise Refusal("register.twice", words, school=row.school_code, line=rows[row.code].line)
        except Refusal as refusal:
            refused.append(RefusedRow(line, refusal))
            continue
        rows[row.code] = row
    return InstitutionFile(tuple(rows.values()), tuple(refused))


def plan_institutions(file: InstitutionFile, known: Snapshot, *, holiday_regions: Mapping[str, str]) -> Plan:
    """Compare institutions with what is known; what the list leaves empty stays as it was, and nothing closes."""
    rows = tuple(_completed(row, known, holiday_regions) for row in file.rows)
    everything = frozenset(known.locations)
    return plan(RegisterFile(file.kind, rows, file.refused, everything), known, sector=SECTOR)


def _completed(row: LocationRow, known: Snapshot, holiday_regions: Mapping[str, str]) -> LocationRow:
    school, location = known.schools.get(row.school_code), known.locations.get(row.code)
    before = location.facts if location else {"holiday_region": holiday_region(row, holiday_regions)}
    facts = {name: value or before.get(name, "") for name, value in row.facts().items()}
    body = row.body or (school and school.body) or ""
    return LocationRow(row.line, row.code, row.school_code, body, **facts)


def _column(table: Table, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in table.columns), "")


def _check_body(row: BodyRow, rows: Mapping[str, BodyRow]) -> None:
    if not re.fullmatch(r"[0-9]{3,6}", row.number):
        text = _("Het nummer van het bestuur ‘%(value)s’ klopt niet: het zijn drie tot zes cijfers.")
        raise Refusal("register.governing_body", text, value=row.number[:20])
    if not row.name:
        raise Refusal("register.body_name", _("De naam van het bestuur ontbreekt."))
    if len(row.name) > _LONGEST:
        text = _("‘%(value)s…’ is te lang: er passen %(limit)s tekens.")
        raise Refusal("register.too_long", text, value=row.name[:20], limit=_LONGEST)
    if row.number in rows:
        text = _("Bestuur %(body)s staat ook op regel %(line)s. Die regel telt, deze niet.")
        raise Refusal("register.body_twice", text, body=row.number, line=rows[row.number].line)


def _institution(line: int, cells: Mapping[str, str], name_column: str) -> LocationRow:
    code = cells[SCHOOL_CODE].upper()
    row = LocationRow(
        line=line,
        code=f"{code}00",
        school_code=code,
        body=cells.get(BODY, ""),
        name=cells[name_column],
        street=cells.get("STRAATNAAM", ""),
        house_number=cells.get("HUISNUMMER-TOEVOEGING", ""),
        postcode=cells.get("POSTCODE", "").upper(),
        place=place_name(cells.get("PLAATSNAAM", "")),
        municipality=place_name(cells.get("GEMEENTENAAM", "")),
        province=cells.get("PROVINCIE", ""),
        denomination=cells.get("DENOMINATIE", ""),
        phone=cells.get("TELEFOONNUMMER", ""),
        website=cells.get("INTERNETADRES", ""),
        holiday_region="",
    )
    for refusal in mistakes(row):
        raise refusal
    return row
