"""The middle of each four-digit postcode area, in degrees (WGS84)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .tables import RefusedRow, Table, UnknownFile

KIND = "postcodes"
# The European part of the country, with a margin; degrees.
SOUTH, NORTH, WEST, EAST = 50.7, 53.7, 3.2, 7.3


@dataclass(frozen=True)
class PostcodeRow:
    line: int
    code: str
    place: str
    latitude: float
    longitude: float

    @property
    def facts(self) -> tuple[str, float, float]:
        return self.place, self.latitude, self.longitude


@dataclass(frozen=True)
class PostcodeFile:
    rows: tuple[PostcodeRow, ...]
    refused: tuple[RefusedRow, ...]
    kind: str = KIND

    @property
    def row_count(self) -> int:
        return len(self.rows) + len(self.refused)


@dataclass(frozen=True)
class PostcodePlan:
    new: tuple[PostcodeRow, ...]
    changed: tuple[PostcodeRow, ...]
    refused: tuple[RefusedRow, ...]


def is_postcodes(table: Table) -> bool:
    return table.has("PC4", "LAT", "LON")


def check_no_places(table: Table) -> None:
    """Name the list of middles of places, which lies beside the right one and is not needed."""
    if table.has("CITY", "LAT", "LON") and not table.has("PC4"):
        text = _("Dit is een lijst met het midden van plaatsen. Geef de lijst per postcode (kolom ‘pc4’) op.")
        raise UnknownFile("register.places", text)


def read_postcodes(table: Table) -> PostcodeFile:
    """Read areas; a point outside the country refuses its row."""
    rows: dict[str, PostcodeRow] = {}
    refused: list[RefusedRow] = []
    for number, line in table.rows():
        try:
            row = _row(number, table.cells(line), rows)
        except Refusal as refusal:
            refused.append(RefusedRow(number, refusal))
            continue
        rows[row.code] = row
    return PostcodeFile(tuple(rows.values()), tuple(refused))


def plan_postcodes(file: PostcodeFile, known: Mapping[str, tuple[str, float, float]]) -> PostcodePlan:
    """Compare with place, latitude and longitude known per code."""
    new = tuple(row for row in file.rows if row.code not in known)
    changed = tuple(row for row in file.rows if row.code in known and known[row.code] != row.facts)
    return PostcodePlan(new, changed, file.refused)


def point(latitude: str, longitude: str) -> tuple[float, float]:
    """Read degrees of a place in the country.

    Raises
    ------
    Refusal : no numbers, or a point elsewhere
    """
    try:
        found = float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    except ValueError:
        text = _("De coördinaten ‘%(latitude)s, %(longitude)s’ zijn geen getallen.")
        values = {"latitude": latitude[:20], "longitude": longitude[:20]}
        raise Refusal("register.no_point", text, **values) from None
    if not (SOUTH <= found[0] <= NORTH and WEST <= found[1] <= EAST):
        text = _("Het punt %(latitude)s, %(longitude)s ligt niet in Nederland.")
        raise Refusal("register.abroad", text, latitude=latitude[:20], longitude=longitude[:20])
    return found


def _row(line: int, cells: Mapping[str, str], rows: Mapping[str, PostcodeRow]) -> PostcodeRow:
    code = cells["PC4"]
    if not re.fullmatch(r"[1-9][0-9]{3}", code):
        text = _("De postcode ‘%(value)s’ klopt niet: het zijn vier cijfers.")
        raise Refusal("register.pc4", text, value=code[:20])
    if code in rows:
        text = _("Postcode %(postcode)s staat ook op regel %(line)s. Die regel telt, deze niet.")
        raise Refusal("register.pc4_twice", text, postcode=code, line=rows[code].line)
    return PostcodeRow(line, code, cells.get("CITY", "")[:80], *point(cells["LAT"], cells["LON"]))
