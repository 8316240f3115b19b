"""Which school, governing body or region a row means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from ..register.words import folded
from .columns import Line

_NOT_CODE = re.compile(r"[^0-9A-Z]")


class RowRefused(Refusal):
    """One row that is left out, with the reason; the other rows go on."""


@dataclass(frozen=True)
class SchoolRef:
    """A school as the register knows it; ``bodies`` are numbers of the governing bodies it ever belonged to."""

    pk: int
    name: str
    place: str = ""
    bodies: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.name}, {self.place}" if self.place else self.name


@dataclass(frozen=True)
class BodyRef:
    pk: int
    number: str
    name: str

    def __str__(self) -> str:
        return self.name or self.number


@dataclass
class Places:
    """The register by all that a sheet may call a place."""

    by_code: dict[str, SchoolRef] = field(default_factory=dict)
    by_location: dict[str, SchoolRef] = field(default_factory=dict)
    by_name: dict[tuple[str, str], set[SchoolRef]] = field(default_factory=dict)
    bodies_by_number: dict[str, BodyRef] = field(default_factory=dict)
    bodies_by_name: dict[str, set[BodyRef]] = field(default_factory=dict)
    regions: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def has_school(self, line: Line) -> bool:
        return any(line.get(key) for key in ("location_code", "school_code", "school_name"))

    def school(self, line: Line) -> SchoolRef:
        """The school of a row: by code where there is one, else by name and place; checked against its body."""
        school = self._by_code(line) or self._by_name(line)
        number = line.get("body_number")
        if number and school.bodies and number.lstrip("0") not in {body.lstrip("0") for body in school.bodies}:
            text = _("%(school)s hoort niet bij bestuur %(number)s maar bij %(own)s. Klopt de code van de school?")
            raise RowRefused(
                "row.other_body", text, school=school, number=number[:20], own=", ".join(sorted(school.bodies))
            )
        return school

    def body(self, line: Line) -> BodyRef | None:
        """The governing body of a row by number, else by name; nothing when the row names none."""
        number, name = line.get("body_number"), line.get("body_name")
        if number:
            found = self.bodies_by_number.get(number) or self.bodies_by_number.get(number.lstrip("0"))
            if found is None:
                raise RowRefused("row.body", _("Een bestuur met nummer %(number)s kennen we niet."), number=number[:20])
            return found
        if not name:
            return None
        bodies = self.bodies_by_name.get(folded(name), set())
        if len(bodies) == 1:
            return next(iter(bodies))
        text = _("Een bestuur dat ‘%(name)s’ heet, kennen we niet. Vul het nummer van het bestuur in.")
        if bodies:
            text = _("Er zijn meer besturen die ‘%(name)s’ heten. Vul het nummer van het bestuur in.")
        raise RowRefused("row.body", text, name=name[:80])

    def region(self, line: Line) -> tuple[int, str]:
        name = line.get("region")
        found = self.regions.get(folded(name).removeprefix("regio ")) or self.regions.get(folded(name))
        if found is None:
            text = _("De regio ‘%(name)s’ kennen we niet. De regio’s zijn: %(regions)s.")
            regions = ", ".join(sorted({name for _pk, name in self.regions.values()})) or "–"
            raise RowRefused("row.region", text, name=name[:40], regions=regions)
        return found

    def _by_code(self, line: Line) -> SchoolRef | None:
        location, school = (_code(line.get(key)) for key in ("location_code", "school_code"))
        if not location and not school:
            return None
        tries = [location, school]
        if school and len(location) == 2 and location.isdigit():
            tries.insert(0, school + location)
        for code in filter(None, tries):
            if found := self.by_location.get(code) or self.by_code.get(code):
                return found
        text = _("De code %(value)s staat niet in het register. Kijk de code na, of vul naam en plaats in.")
        raise RowRefused("row.code", text, value=(line.get("location_code") or line.get("school_code"))[:20])

    def _by_name(self, line: Line) -> SchoolRef:
        name, place = line.get("school_name"), line.get("place")
        if not name:
            raise RowRefused("row.no_school", _("Er staat geen school in deze rij: geen code en geen naam."))
        if not place:
            text = _("Bij ‘%(name)s’ staat geen plaats en geen code. Vul een van die twee in.")
            raise RowRefused("row.no_place", text, name=name[:80])
        found = self.by_name.get((folded(name), folded(place)), set())
        if len(found) == 1:
            return next(iter(found))
        text = _("In %(place)s kennen we geen school die ‘%(name)s’ heet. Vul de code van de school in.")
        if found:
            text = _("In %(place)s zijn meer scholen die ‘%(name)s’ heten. Vul de code van de school in.")
        raise RowRefused("row.name", text, name=name[:80], place=place[:80])


def _code(text: str) -> str:
    return _NOT_CODE.sub("", text.upper())
