"""Lists of schools with coordinates: what they add to known locations, and the sectors that no other list brings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .differences import MADE_UP, Snapshot
from .locations import LocationRow, mistakes
from .postcodes import point
from .tables import RefusedRow, Table
from .words import place_name

# Provinces whose schools all keep the same holidays; in the others it differs per municipality.
_HOLIDAYS = dict.fromkeys(("Groningen", "Friesland", "Drenthe", "Overijssel", "Noord-Holland"), "NOORD")
_HOLIDAYS |= {"Zuid-Holland": "MIDDEN", "Zeeland": "ZUID", "Limburg": "ZUID"}
KIND = "coordinates"
_EXPECTED = ("NAAM", "TYPE", "POSTCODE", "PLAATS", "PROVINCIE", "BRIN NUMMER", "VESTIGINGSCODE", "LON", "LAT")
_SPECIAL = frozenset({"SBAO", "SBO", "SO", "VSO", "(V)SO", "SO/VSO"})
_TRACK = re.compile(r"(?:VBO|VMBO|MAVO|HAVO|VWO|PRO|BRUGJAAR)(?:/(?:VBO|VMBO|MAVO|HAVO|VWO|PRO|BRUGJAAR))*")


@dataclass(frozen=True)
class SchoolPoint:
    """One location with its coordinates, in degrees."""

    row: LocationRow
    sector: str
    kind: str
    latitude: float
    longitude: float

    @property
    def facts(self) -> tuple[str, float | None, float | None]:
        return self.kind, self.latitude, self.longitude


@dataclass(frozen=True)
class CoordinateFile:
    """``repeated`` counts the further rows of locations that stand in the file more than once: the first row counts."""

    rows: tuple[SchoolPoint, ...]
    refused: tuple[RefusedRow, ...]
    repeated: int
    kind: str = KIND

    @property
    def row_count(self) -> int:
        return len(self.rows) + len(self.refused) + self.repeated


@dataclass
class CoordinatePlan:
    new: list[SchoolPoint] = field(default_factory=list)
    changed: list[SchoolPoint] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


def is_coordinates(table: Table) -> bool:
    return table.has(*_EXPECTED)


def read_coordinates(table: Table) -> CoordinateFile:
    """Read a geocoded list; an address that matched several points stands in it several times and counts once."""
    rows: dict[str, SchoolPoint] = {}
    refused: list[RefusedRow] = []
    repeated = 0
    for number, line in table.rows():
        try:
            found = _point(number, table.cells(line))
        except Refusal as refusal:
            refused.append(RefusedRow(number, refusal))
            continue
        repeated += found.row.code in rows
        rows.setdefault(found.row.code, found)
    return CoordinateFile(tuple(rows.values()), tuple(refused), repeated)


def plan_coordinates(
    file: CoordinateFile,
    known: Snapshot,
    points: Mapping[str, tuple[str, float | None, float | None]],
    *,
    holiday_regions: Mapping[str, str],
) -> CoordinatePlan:
    """Compare with what is known: ``points`` by location code, ``holiday_regions`` by municipality.

    A sector of which a complete list was taken in gets no new locations: an older list is no authority on what exists.
    """
    complete = {school.sector for code, school in known.schools.items() if school.body and not code.startswith(MADE_UP)}
    result = CoordinatePlan(refused=list(file.refused))
    for found in file.rows:
        if found.row.code in points:
            if points[found.row.code] != found.facts:
                result.changed.append(found)
            continue
        refusal = _why_not(found, known, complete)
        if refusal:
            result.refused.append(RefusedRow(found.row.line, refusal))
        else:
            row = replace(found.row, holiday_region=holiday_region(found.row, holiday_regions))
            result.new.append(replace(found, row=row))
    result.refused.sort(key=lambda refused: refused.line)
    return result


def _why_not(found: SchoolPoint, known: Snapshot, complete: set[str]) -> Refusal | None:
    school = known.schools.get(found.row.school_code)
    if school and school.sector != found.sector:
        text = _("School %(school)s staat al in een andere sector (%(sector)s).")
        return Refusal("register.other_sector", text, school=school.code, sector=school.sector.lower())
    if found.sector in complete:
        text = _("Vestiging %(location)s staat niet in de lijst met schoolvestigingen; daarom voegen we haar niet toe.")
        return Refusal("register.not_listed", text, location=found.row.code)
    return None


def holiday_region(row: LocationRow, by_municipality: Mapping[str, str]) -> str:
    """Where its neighbours have their holidays; in doubt the middle of the country."""
    return _HOLIDAYS.get(row.province) or by_municipality.get(row.municipality, "MIDDEN")


def _point(line: int, cells: Mapping[str, str]) -> SchoolPoint:
    number = [cells.get(part, "") for part in ("HUISNUMMER", "HUISLETTER", "HUISNUMMERTOEVOEGING")]
    row = LocationRow(
        line=line,
        code=cells["VESTIGINGSCODE"].upper(),
        school_code=cells["BRIN NUMMER"].upper(),
        body="",
        name=cells["NAAM"],
        street=cells.get("STRAAT", ""),
        house_number=" ".join(part for part in ("".join(number[:2]), number[2]) if part),
        postcode=_postcode(cells["POSTCODE"]),
        place=place_name(cells["PLAATS"]),
        municipality=place_name(cells.get("GEMEENTE", "")),
        province=cells["PROVINCIE"],
        denomination=cells.get("DENOMINATIE", ""),
        phone="",
        website=cells.get("INTERNETADRES", ""),
        holiday_region="",
    )
    for refusal in _mistakes(row, cells):
        raise refusal
    return SchoolPoint(row, _sector(cells["TYPE"]), cells["TYPE"], *point(cells["LAT"], cells["LON"]))


def _mistakes(row: LocationRow, cells: Mapping[str, str]) -> Iterator[Refusal]:
    yield from mistakes(row)
    if not _sector(cells["TYPE"]):
        text = _("Het soort school ‘%(value)s’ kennen we niet.")
        yield Refusal("register.kind", text, value=cells["TYPE"][:20])


def _postcode(text: str) -> str:
    compact = text.upper().replace(" ", "")
    return f"{compact[:4]} {compact[4:]}" if len(compact) == 6 else compact


def _sector(kind: str) -> str:
    """The sector that a kind of school belongs to, or nothing for an unknown kind."""
    if kind.casefold() in ("basisschool", "bo", "bao"):
        return "PO"
    if kind.upper() in _SPECIAL:
        return "SO"
    return "VO" if _TRACK.fullmatch(kind.upper()) else ""
