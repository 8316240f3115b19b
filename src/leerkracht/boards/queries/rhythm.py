"""The rhythm of a board, from its sessions and the school's own holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from leerkracht.core.kernel.periods import HolidayRegion, SchoolYear
from leerkracht.core.queries.calendar import calendar
from leerkracht.organisations.models import Location

from ..kernel import rhythm
from ..kernel.rhythm import Mark, Meeting, RhythmWeek, Score
from ..models import Board, BoardSession

WEEK = timedelta(weeks=1)
# The component knows four marks; a skipped week was agreed on and weighs as little as a holiday.
SHOWN = {Mark.BEFORE: "holiday", Mark.SKIPPED: "holiday"}


@dataclass(frozen=True)
class Strip:
    """Weeks with their marks; ``now`` is the place of this week, ``score`` counts the whole year."""

    weeks: tuple[RhythmWeek, ...]
    score: Score

    @property
    def marks(self) -> list[str]:
        return [SHOWN.get(week.mark, week.mark.value) for week in self.weeks]

    @property
    def now(self) -> int | None:
        return next((place for place, week in enumerate(self.weeks) if week.is_now), None)


@dataclass(frozen=True)
class Year:
    """One school year of a board: every week, and the sessions that were held in it."""

    year: SchoolYear
    strip: Strip
    sessions: dict[date, UUID]


def strip_for(board: Board, on: date, *, before: int = 8, after: int = 3) -> Strip:
    """The small strip around ``on``; two queries."""
    weeks = _weeks(board, SchoolYear.of(on), on)
    return Strip(tuple(rhythm.window(weeks, before=before, after=after)), rhythm.score(weeks))


def year_for(board: Board, year: SchoolYear, on: date) -> Year:
    """The whole school year, with the record of each week that was held."""
    weeks = _weeks(board, year, on)
    held = _sessions(board, year).filter(state=BoardSession.State.CLOSED)
    return Year(year, Strip(tuple(weeks), rhythm.score(weeks)), dict(held.values_list("planned_date", "pk")))


def region_of(board: Board) -> HolidayRegion:
    """The holidays of the team's own location, or of the school's first one."""
    locations = Location.objects.filter(school=board.school_id)
    if board.team is not None and board.team.location_id is not None:
        locations = locations.filter(pk=board.team.location_id)
    value = locations.order_by("pk").values_list("holiday_region", flat=True).first()
    return HolidayRegion(value) if value else HolidayRegion.MIDDLE


def next_session_date(board: Board, after: date) -> date:
    """The next planned session, or the same weekday in the first school week after ``after``."""
    planned = BoardSession.objects.filter(board=board, state=BoardSession.State.PLANNED, planned_date__gt=after)
    known = planned.order_by("planned_date", "pk").values_list("planned_date", flat=True).first()
    if known is not None:
        return known
    region, days = region_of(board), calendar()
    for weeks in range(1, 10):
        if days.is_school_day(region, after + weeks * WEEK):
            return after + weeks * WEEK
    return after + WEEK


def school_days_after(board: Board, on: date, count: int) -> list[date]:
    """The next ``count`` school days from ``on`` on, itself included."""
    region, days, day = region_of(board), calendar(), on
    found: list[date] = []
    while len(found) < count:
        day = days.next_school_day(region, day)
        found.append(day)
        day += timedelta(days=1)
    return found


def _weeks(board: Board, year: SchoolYear, on: date) -> list[RhythmWeek]:
    rows = _sessions(board, year).values_list("planned_date", "state", "skip_reason")
    weeks = calendar().weeks(region_of(board), year)
    return rhythm.rhythm(weeks, [Meeting(*row) for row in rows], today=on, since=timezone.localdate(board.created_at))


def _sessions(board: Board, year: SchoolYear) -> QuerySet[BoardSession]:
    span = (year.first_date - WEEK, year.last_date + WEEK)
    return BoardSession.objects.filter(board=board, planned_date__range=span).order_by("planned_date", "pk")
