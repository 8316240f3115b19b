"""Where locations stand: as dots on the map, and near a school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr

from leerkracht.accounts.models import Person
from leerkracht.organisations.kernel.map import Dot, Window, fitting, kilometres
from leerkracht.organisations.models import Location, Participation, PostcodeArea, School, Stage
from leerkracht.organisations.permissions import during, reachable_schools

from .schools import SchoolFilter, schools_found, sees_stages

NEAR_DEGREES = 0.35
TAKES_PART = (
    Stage.PREPARING,
    Stage.YEAR_1,
    Stage.YEAR_2,
    Stage.INDEPENDENT,
    Stage.INSPIRATION,
    Stage.CHANGE_COACH_LED,
)


@dataclass(frozen=True)
class Seen:
    """What the map shows: the window, the dots in it, how many were found in all, and how many have no point."""

    window: Window
    dots: tuple[Dot, ...]
    found: int
    without_point: int


@dataclass(frozen=True)
class Neighbour:
    school: School
    place: str
    km: float


def seen(person: Person, wanted: SchoolFilter, window: Window | None, on: date) -> Seen:
    """Locations of the schools that were found; without a window the closest that holds them all."""
    schools = schools_found(person, wanted, on).schools.order_by()
    rows = _points(_in_register(Location.objects.filter(school__in=schools.values("pk"))))
    marked = _taking_part(person, on)
    dots, missing = [], 0
    for key, school, place, latitude, longitude in rows:
        if latitude is None or longitude is None:
            missing += 1
        else:
            dots.append(Dot(key, latitude, longitude, place, school in marked))
    shown = window or (Window() if wanted.is_empty else fitting(dots))
    return Seen(shown, tuple(dot for dot in dots if shown.holds(dot)), len(dots), missing)


def ground(window: Window) -> list[Dot]:
    """Every open location in sight, to see where the few that were found lie."""
    rows = _points(Location.objects.filter(closed_date=None, school__closed_date=None))
    dots = (Dot(key, lat, lon) for key, _school, _place, lat, lon in rows if lat is not None and lon is not None)
    return [dot for dot in dots if window.holds(dot)]


def locations_of(dots: Sequence[Dot]) -> QuerySet[Location]:
    """The locations of these dots, by name, with their school."""
    keys = [dot.key for dot in dots]
    return Location.objects.filter(pk__in=keys).select_related("school").order_by("name", "pk")


def point_of(school: School) -> tuple[float, float] | None:
    """Where the school's main location stands."""
    rows = _points(_in_register(Location.objects.filter(school=school)).order_by("code"))
    known = ((lat, lon) for *_rest, lat, lon in rows if lat is not None and lon is not None)
    return next(known, None)


def neighbours(school: School, at: tuple[float, float], most: int = 5) -> list[Neighbour]:
    """The nearest other schools as the crow flies, each at its nearest location; within some twenty-five kilometres."""
    latitude, longitude = at
    near = Location.objects.filter(closed_date=None, school__closed_date=None).exclude(school=school)
    rows = _points(near)
    box = Q(at_latitude__range=(latitude - NEAR_DEGREES, latitude + NEAR_DEGREES))
    box &= Q(at_longitude__range=(longitude - NEAR_DEGREES, longitude + NEAR_DEGREES))
    found: dict[int, tuple[float, str]] = {}
    for _key, other, place, lat, lon in rows.filter(box):
        if lat is None or lon is None:
            continue
        km = kilometres(latitude, longitude, lat, lon)
        if other not in found or km < found[other][0]:
            found[other] = (km, place)
    nearest = sorted(found.items(), key=lambda pair: (pair[1][0], pair[0]))[:most]
    schools = School.objects.in_bulk([pk for pk, _at in nearest])
    return [Neighbour(schools[pk], place, km) for pk, (km, place) in nearest]


def _in_register(rows: QuerySet[Location]) -> QuerySet[Location]:
    """Locations that are open; of a school that closed, all."""
    return rows.filter(Q(closed_date=None) | Q(school__closed_date__isnull=False))


def _points(rows: QuerySet[Location]) -> QuerySet[Location, tuple[int, int, str, float | None, float | None]]:
    """Of each its own point, or else the middle of its postcode area."""
    area = PostcodeArea.objects.filter(code=Substr(OuterRef("postcode"), 1, 4))
    return rows.annotate(
        at_latitude=Coalesce(F("latitude"), Subquery(area.values("latitude")[:1])),
        at_longitude=Coalesce(F("longitude"), Subquery(area.values("longitude")[:1])),
    ).values_list("pk", "school_id", "place", "at_latitude", "at_longitude")


def _taking_part(person: Person, on: date) -> frozenset[int]:
    """Schools that take part, as far as this person may know."""
    if not sees_stages(person, on):
        return frozenset()
    rows: Iterable[int] = Participation.objects.filter(
        during(on), reachable_schools(person, "see_stage", on, prefix="school__"), stage__in=TAKES_PART
    ).values_list("school", flat=True)
    return frozenset(rows)
