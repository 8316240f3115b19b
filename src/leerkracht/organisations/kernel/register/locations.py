"""A list of all locations of one sector: each row read, or refused with its line and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .tables import RefusedRow, Table, UnknownFile
from .words import place_name

KIND = "locations"
CODE, SCHOOL_CODE, BODY = "VESTIGINGSCODE", "INSTELLINGSCODE", "BEVOEGD GEZAG NUMMER"
EXPECTED = (
    "PROVINCIE",
    BODY,
    SCHOOL_CODE,
    CODE,
    "VESTIGINGSNAAM",
    "STRAATNAAM",
    "HUISNUMMER-TOEVOEGING",
    "POSTCODE",
    "PLAATSNAAM",
    "GEMEENTENAAM",
    "DENOMINATIE",
    "TELEFOONNUMMER",
    "INTERNETADRES",
    "VAKANTIEREGIO",
)
# Columns by which other published files are known, so that the refusal can say which file was given.
_OTHER_FILES = (
    ("LEERLINGEN", _("leerlingaantallen in een vorm die we niet kennen")),
    ("ADVIES", _("schooladviezen")),
    ("EXAMENKANDIDATEN", _("examenuitslagen")),
)
_LENGTHS = {"name": 160, "street": 120, "house_number": 30, "place": 80, "municipality": 80, "province": 40}
_LENGTHS |= {"denomination": 80, "phone": 30, "website": 200}
_REGIONS = {"noord": "NOORD", "midden": "MIDDEN", "zuid": "ZUID"}
_POSTCODE = re.compile(r"[1-9][0-9]{3} ?[A-Z]{2}")
_ANY_CODE = re.compile(r"\b[0-9A-Z]{4}[0-9]{2}\b")  # as it may stand in a row that cannot be read


@dataclass(frozen=True)
class LocationRow:
    """One location as published; an empty text is unknown."""

    line: int
    code: str
    school_code: str
    body: str
    name: str
    street: str
    house_number: str
    postcode: str
    place: str
    municipality: str
    province: str
    denomination: str
    phone: str
    website: str
    holiday_region: str

    def facts(self) -> dict[str, str]:
        """What is kept of the location itself, by field name."""
        own = {"line", "code", "school_code", "body"}
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in own}


@dataclass(frozen=True)
class RegisterFile:
    """``mentioned`` holds every location code the file names, refused rows included: those are not closed."""

    kind: str
    rows: tuple[LocationRow, ...]
    refused: tuple[RefusedRow, ...]
    mentioned: frozenset[str]

    @property
    def row_count(self) -> int:
        return len(self.rows) + len(self.refused)


def read_locations(table: Table) -> RegisterFile:
    """Read a list of locations that is complete for one sector.

    Raises
    ------
    UnknownFile : the header is not that of a list of locations
    """
    check_header(table)
    rows: dict[str, LocationRow] = {}
    refused: list[RefusedRow] = []
    body_of_school: dict[str, str] = {}
    mentioned: set[str] = set()
    for number, line in table.rows():
        mentioned.update(_ANY_CODE.findall(line.upper()))
        try:
            row = _row(number, table.cells(line))
            _check_against_others(row, rows, body_of_school)
        except Refusal as refusal:
            refused.append(RefusedRow(number, refusal))
            continue
        rows[row.code] = row
        body_of_school[row.school_code] = row.body
    return RegisterFile(KIND, tuple(rows.values()), tuple(refused), frozenset(mentioned))


def check_header(table: Table) -> None:
    """Refuse a header that is not that of a list of locations, naming what it looks like."""
    missing = [column for column in EXPECTED if column not in table.columns]
    if not missing:
        return
    for sign, name in _OTHER_FILES:
        if any(sign in column for column in table.columns):
            raise UnknownFile(
                "register.other_file",
                _("Dit is een bestand met %(what)s. Dat lezen we hier niet in."),
                what=name,
            )
    raise UnknownFile(
        "register.unknown_header",
        _(
            "De eerste regel is niet die van een lijst met schoolvestigingen. Verwacht, met puntkomma’s ertussen: "
            "%(expected)s. Niet gevonden: %(missing)s."
        ),
        expected=", ".join(EXPECTED),
        missing=", ".join(missing),
    )


def _row(line: int, cells: Mapping[str, str]) -> LocationRow:
    row = LocationRow(
        line=line,
        code=cells[CODE].upper(),
        school_code=cells[SCHOOL_CODE].upper(),
        body=cells[BODY],
        name=cells["VESTIGINGSNAAM"],
        street=cells["STRAATNAAM"],
        house_number=cells["HUISNUMMER-TOEVOEGING"],
        postcode=cells["POSTCODE"].upper(),
        place=place_name(cells["PLAATSNAAM"]),
        municipality=place_name(cells["GEMEENTENAAM"]),
        province=cells["PROVINCIE"],
        denomination=cells["DENOMINATIE"],
        phone=cells["TELEFOONNUMMER"],
        website=cells["INTERNETADRES"],
        holiday_region=_REGIONS.get(cells["VAKANTIEREGIO"].casefold(), cells["VAKANTIEREGIO"]),
    )
    if not row.body:
        raise Refusal("register.no_body", _("Het nummer van het bestuur ontbreekt."))
    if not row.holiday_region:
        raise Refusal("register.no_holidays", _("De vakantieregio ontbreekt: het is Noord, Midden of Zuid."))
    for refusal in mistakes(row):
        raise refusal
    return row


def code_mistakes(school_code: str, code: str) -> Iterator[Refusal]:
    """What is wrong with the codes of an institution and its location."""
    if not re.fullmatch(r"[0-9A-Z]{4}", school_code):
        text = _("De instellingscode ‘%(value)s’ klopt niet: het zijn vier cijfers of letters.")
        yield Refusal("register.school_code", text, value=school_code[:20])
    if not re.fullmatch(re.escape(school_code) + r"[0-9]{2}", code):
        text = _("De vestigingscode ‘%(value)s’ klopt niet: het is de instellingscode met twee cijfers erachter.")
        yield Refusal("register.location_code", text, value=code[:20])


def mistakes(row: LocationRow) -> Iterator[Refusal]:
    """What is wrong with one row, the weightiest first; an empty governing body is an unknown one."""
    yield from code_mistakes(row.school_code, row.code)
    if row.body and not re.fullmatch(r"[0-9]{3,6}", row.body):
        text = _("Het nummer van het bestuur ‘%(value)s’ klopt niet: het zijn drie tot zes cijfers.")
        yield Refusal("register.governing_body", text, value=row.body[:20])
    if not row.name:
        yield Refusal("register.name", _("De naam van de vestiging ontbreekt."))
    if row.postcode and not _POSTCODE.fullmatch(row.postcode):
        text = _("De postcode ‘%(value)s’ klopt niet: het zijn vier cijfers en twee letters.")
        yield Refusal("register.postcode", text, value=row.postcode[:20])
    if row.holiday_region and row.holiday_region not in _REGIONS.values():
        text = _("De vakantieregio ‘%(value)s’ kennen we niet: het is Noord, Midden of Zuid.")
        yield Refusal("register.holiday_region", text, value=row.holiday_region[:20])
    for field, limit in _LENGTHS.items():
        if len(getattr(row, field)) > limit:
            text = _("‘%(value)s…’ is te lang: er passen %(limit)s tekens.")
            yield Refusal("register.too_long", text, value=getattr(row, field)[:20], limit=limit)


def _check_against_others(row: LocationRow, rows: Mapping[str, LocationRow], body_of_school: Mapping[str, str]) -> None:
    if row.code in rows:
        text = _("Vestiging %(location)s staat ook op regel %(line)s. Die regel telt, deze niet.")
        raise Refusal("register.twice", text, location=row.code, line=rows[row.code].line)
    body = body_of_school.get(row.school_code, row.body)
    if body != row.body:
        text = _("School %(school)s staat hierboven bij bestuur %(other)s en hier bij %(body)s. Het is er één.")
        raise Refusal("register.two_bodies", text, school=row.school_code, other=body, body=row.body)
