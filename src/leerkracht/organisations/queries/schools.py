"""Schools: the searchable list, and the facts of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When

from leerkracht.accounts.models import Person
from leerkracht.core.kernel.periods import HolidayRegion
from leerkracht.core.queries.compiled import CompiledQuestion
from leerkracht.organisations.kernel.pupils import YearBar, bars
from leerkracht.organisations.models import (
    FormerName,
    GoverningBody,
    Location,
    Participation,
    Province,
    PupilCount,
    Role,
    School,
    SchoolGovernance,
    Sector,
    Stage,
)
from leerkracht.organisations.permissions import SCHOOL_ACTIONS, during, reachable_schools, schools_as

from .finding import Wording, as_typed, corrected, likeness

ORDERS = {
    "name": ("name", "pk"),
    "-name": ("-name", "pk"),
    "place": ("place", "name", "pk"),
    "-place": ("-place", "name", "pk"),
    "code": ("code",),
    "-code": ("-code",),
    "body": ("body", "name", "pk"),
    "-body": ("-body", "name", "pk"),
    "pupils": (F("pupils").asc(nulls_last=True), "name", "pk"),
    "-pupils": (F("pupils").desc(nulls_last=True), "name", "pk"),
}
OPEN, ALL, CLOSED = "", "all", "only"


@dataclass(frozen=True)
class SchoolFilter:
    """What somebody looks for; an unknown value is no filter. Without an order: the likeliest first, or by name."""

    words: str = ""
    sector: str = ""
    order: str = ""
    only_own: bool = False
    province: str = ""
    region: int | None = None
    stage: str = ""
    body: int | None = None
    closed: str = OPEN

    @property
    def is_empty(self) -> bool:
        chosen = (self.sector, self.only_own, self.province, self.region, self.stage, self.body, self.closed)
        return not (self.words or any(chosen))


@dataclass(frozen=True)
class SchoolFacts:
    """What the register says: visible to everyone who is signed in."""

    school: School
    locations: tuple[Location, ...]
    governances: tuple[SchoolGovernance, ...]
    former_names: tuple[FormerName, ...] = ()
    years: tuple[YearBar, ...] = ()

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


@dataclass(frozen=True)
class Found:
    """Schools in their order, how many, and how the words were taken. What a list shows of them: ``shown``."""

    schools: QuerySet[School]
    wording: Wording
    count: int


def schools_found(person: Person, wanted: SchoolFilter, on: date) -> Found:
    """Schools that hold every word, the likeliest first; words that no school knows are taken as typing errors."""
    rows, wording = _narrowed(person, wanted, on), as_typed(wanted.words)
    count = rows.filter(wording.where()).count()
    if wording.words and not count:
        wording = corrected(wording)
        count = rows.filter(wording.where()).count() if wording.is_corrected else 0
    return Found(_ordered(rows.filter(wording.where()), wanted.order, wording), wording, count)


def _ordered(rows: QuerySet[School], order: str, wording: Wording) -> QuerySet[School]:
    if order not in ORDERS and wording.words:
        return rows.order_by(likeness(wording), "name", "pk")
    order = order if order in ORDERS else "name"
    if (column := order.removeprefix("-")) in _COLUMNS:
        rows = rows.annotate(**{column: _COLUMNS[column]()})
    return rows.order_by(*ORDERS[order])


def shown(person: Person, rows: QuerySet[School], on: date) -> QuerySet[School]:
    """The same schools with ``place``, ``province``, ``body`` and ``stage``; None where this person may not see it."""
    rows = rows.annotate(**{name: make() for name, make in _COLUMNS.items()})
    if not sees_stages(person, on):
        return rows.annotate(stage=Value(None, output_field=CharField()))
    return rows.annotate(stage=Subquery(_stages(person, on).filter(school=OuterRef("pk")).values("stage")[:1]))


def page_of(person: Person, ids: Iterable[int], on: date) -> list[School]:
    """``shown`` for one page of a list, in the order of ``ids``: the database works these facts out for no others."""
    wanted = list(ids)
    rows = {row.pk: row for row in shown(person, School.objects.filter(pk__in=wanted), on)} if wanted else {}
    return [rows[pk] for pk in wanted if pk in rows]


def sees_stages(person: Person, on: date) -> bool:
    """Whether this person may see the stage of any school."""
    return _SEES_STAGES.ask(person_id=person.pk, on=on)


def _narrowed(person: Person, wanted: SchoolFilter, on: date) -> QuerySet[School]:
    rows = School.objects.all()
    if wanted.closed != ALL:
        rows = rows.filter(closed_date__isnull=wanted.closed != CLOSED)
    if wanted.only_own:
        rows = rows.filter(_own(person, on))
    if wanted.sector in Sector.values:
        rows = rows.filter(sector=wanted.sector)
    if wanted.province:
        rows = rows.filter(_lies_in(Q(province=wanted.province)))
    if wanted.region is not None:
        provinces = Province.objects.filter(region=wanted.region)
        rows = rows.filter(_lies_in(Q(province__in=provinces.values("name"))))
    if wanted.stage in Stage.values:
        rows = rows.filter(pk__in=_stages(person, on).filter(stage=wanted.stage).values("school"))
    if wanted.body is not None:
        now = SchoolGovernance.objects.filter(governing_body=wanted.body, to_date=None)
        rows = rows.filter(pk__in=now.values("school"))
    return rows


def _lies_in(where: Q) -> Q:
    """A location that is open lies there; of a school that closed, any."""
    still = Q(closed_date=None) | Q(school__closed_date__isnull=False)
    return Q(pk__in=Location.objects.filter(still, where).values("school"))


def _stages(person: Person, on: date) -> QuerySet[Participation]:
    """Stages of today that this person may see."""
    return Participation.objects.filter(during(on), reachable_schools(person, "see_stage", on, prefix="school__"))


def school_facts(school: School) -> SchoolFacts:
    """Locations, governing bodies and names, past ones included, and pupils per year; four queries."""
    governances = school.governances.select_related("governing_body").order_by("-from_date", "-pk")
    names = FormerName.objects.filter(location__school=school).order_by("-until_date", "pk")
    counts = PupilCount.objects.filter(location__school=school).values_list("year", "pupils")
    return SchoolFacts(
        school, tuple(school.locations.order_by("code")), tuple(governances), tuple(names), tuple(bars(counts))
    )


def stage_now(school: School, on: date) -> Participation | None:
    return Participation.objects.filter(during(on), school=school).first()


def has_own_schools(person: Person, on: date) -> bool:
    return _HAS_OWN.ask(person_id=person.pk, on=on)


def _own(person: Person, on: date) -> Q:
    """Schools where somebody has a place; reaching all of them by the central team is not a place."""
    return schools_as(person, SCHOOL_ACTIONS["view"] - {Role.CENTRAL_TEAM}, on)


def schools_of_body(body: GoverningBody) -> QuerySet[School]:
    """Schools that belong to the governing body now, with place."""
    now = SchoolGovernance.objects.filter(governing_body=body, to_date=None)
    rows = School.objects.filter(pk__in=now.values("school")).annotate(place=_COLUMNS["place"]())
    return rows.order_by("name", "pk")


def former_schools_of_body(body: GoverningBody) -> QuerySet[SchoolGovernance]:
    """Schools that left the governing body, the latest first."""
    return body.governances.filter(to_date__isnull=False).select_related("school").order_by("-to_date", "-pk")


def _of_main_location(field: str) -> Subquery:
    return Subquery(Location.objects.filter(school=OuterRef("pk")).order_by("code").values(field)[:1])


def _body_now() -> Subquery:
    now = SchoolGovernance.objects.filter(school=OuterRef("pk"), to_date=None)
    return Subquery(now.values(label=_body_label())[:1])


def _body_label() -> Case:
    return Case(When(governing_body__name="", then=F("governing_body__number")), default=F("governing_body__name"))


_COLUMNS: dict[str, Callable[[], Subquery]] = {
    "place": lambda: _of_main_location("place"),
    "province": lambda: _of_main_location("province"),
    "body": _body_now,
}

_KINDS = {"person_id": int, "on": date}
_HAS_OWN = CompiledQuestion(
    lambda person_id, on: School.objects.filter(_own(Person(pk=person_id), on)),
    _KINDS,
)
_SEES_STAGES = CompiledQuestion(
    lambda person_id, on: School.objects.filter(reachable_schools(Person(pk=person_id), "see_stage", on)),
    _KINDS,
)
