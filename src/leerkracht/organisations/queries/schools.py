"""Schools: the searchable list, and the facts of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from leerkracht.accounts.models import Person
from leerkracht.core.kernel.periods import HolidayRegion
from leerkracht.organisations.kernel.register import folded
from leerkracht.organisations.models import (
    GoverningBody,
    Location,
    Participation,
    Role,
    School,
    SchoolGovernance,
    Sector,
)
from leerkracht.organisations.permissions import SCHOOL_ACTIONS, during, schools_as

ORDERS = {
    "name": ("name", "pk"),
    "-name": ("-name", "pk"),
    "place": ("place", "name", "pk"),
    "-place": ("-place", "name", "pk"),
    "code": ("code",),
    "-code": ("-code",),
    "body": ("body", "name", "pk"),
    "-body": ("-body", "name", "pk"),
}
MOST_WORDS = 6


@dataclass(frozen=True)
class SchoolFilter:
    """What somebody looks for; an unknown sector or order is no filter."""

    words: str = ""
    sector: str = ""
    order: str = "name"
    only_own: bool = False
    with_closed: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.sector or self.only_own)


@dataclass(frozen=True)
class SchoolFacts:
    """What the register says: visible to everyone who is signed in."""

    school: School
    locations: tuple[Location, ...]
    governances: tuple[SchoolGovernance, ...]

    @property
    def governing_body(self) -> GoverningBody | None:
        return next((row.governing_body for row in self.governances if row.to_date is None), None)

    @property
    def former(self) -> tuple[SchoolGovernance, ...]:
        return tuple(row for row in self.governances if row.to_date is not None)

    @property
    def region(self) -> HolidayRegion:
        """The holiday region of the main location that is open."""
        values = [location.holiday_region for location in self.locations if location.closed_date is None]
        return HolidayRegion(values[0]) if values else HolidayRegion.MIDDLE

    @property
    def place(self) -> str:
        return self.locations[0].place if self.locations else ""


def schools_found(person: Person, wanted: SchoolFilter, on: date) -> QuerySet[School]:
    """Schools whose names, places or codes hold every word, with ``place``, ``province`` and ``body`` of each."""
    rows = School.objects.all() if wanted.with_closed else School.objects.filter(closed_date=None)
    if wanted.only_own:
        rows = rows.filter(_own(person, on))
    if wanted.sector in Sector.values:
        rows = rows.filter(sector=wanted.sector)
    for word in folded(wanted.words).split()[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    return _with_place(rows).order_by(*ORDERS.get(wanted.order, ORDERS["name"]))


def school_facts(school: School) -> SchoolFacts:
    """Locations and governing bodies, past ones included; two queries."""
    governances = school.governances.select_related("governing_body").order_by("-from_date", "-pk")
    return SchoolFacts(school, tuple(school.locations.order_by("code")), tuple(governances))


def stage_now(school: School, on: date) -> Participation | None:
    return Participation.objects.filter(during(on), school=school).first()


def has_own_schools(person: Person, on: date) -> bool:
    return School.objects.filter(_own(person, on)).exists()


def _own(person: Person, on: date) -> Q:
    """Schools where somebody has a place; reaching all of them by the central team is not a place."""
    return schools_as(person, SCHOOL_ACTIONS["view"] - {Role.CENTRAL_TEAM}, on)


def schools_of_body(body: GoverningBody) -> QuerySet[School]:
    """Schools that belong to the governing body now, with place."""
    now = SchoolGovernance.objects.filter(governing_body=body, to_date=None)
    return _with_place(School.objects.filter(pk__in=now.values("school"))).order_by("name", "pk")


def former_schools_of_body(body: GoverningBody) -> QuerySet[SchoolGovernance]:
    """Schools that left the governing body, the latest first."""
    return body.governances.filter(to_date__isnull=False).select_related("school").order_by("-to_date", "-pk")


def _with_place(rows: QuerySet[School]) -> QuerySet[School]:
    main = Location.objects.filter(school=OuterRef("pk")).order_by("code")
    now = SchoolGovernance.objects.filter(school=OuterRef("pk"), to_date=None)
    return rows.annotate(
        place=Subquery(main.values("place")[:1]),
        province=Subquery(main.values("province")[:1]),
        body=Subquery(now.values(label=_body_label())[:1]),
        body_id=Subquery(now.values("governing_body_id")[:1]),
    )


def _body_label() -> Case:
    return Case(When(governing_body__name="", then=F("governing_body__number")), default=F("governing_body__name"))
