"""What happened at the boards of the demonstration, as ``content/demo/boards.toml`` tells it."""

from __future__ import annotations

import datetime
from datetime import date
from pathlib import Path

import msgspec

from leerkracht.boards.queries.examples import ContentFileRefused, ExampleGoal
from leerkracht.core.kernel.periods import DAY, WEEK, HolidayRegion, SchoolCalendar, WeekState, monday_of

DAYS = ("ma", "di", "wo", "do", "vr")
SESSIONS = 11


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of what the file tells; ``ago`` counts sessions back from today."""


class GoalTold(Told, frozen=True):
    """A goal in words of its own, or the ``example``-th of the sector."""

    ago: int
    example: int | None = None
    text: str = ""
    english: str = ""
    measure: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    weeks: int | None = None
    theme: str = ""
    values: tuple[tuple[int, float], ...] = ()
    closed: int | None = None
    outcome: str = "ACHIEVED"
    kept: str = ""
    is_draft: bool = False

    def fields(self, examples: tuple[ExampleGoal, ...]) -> dict[str, object]:
        """Text, measure, unit, baseline and target: its own where given, else the example's."""
        names = ("text", "measure", "unit", "baseline", "target")
        example = examples[self.example - 1] if self.example else None
        return {name: getattr(self, name) or getattr(example, name, getattr(self, name)) for name in names}

    def length(self, examples: tuple[ExampleGoal, ...]) -> int:
        return self.weeks or (examples[self.example - 1].weeks if self.example else 5)


class ActionTold(Told, frozen=True):
    """An action: added at ``ago``, carried over, then done, dropped or still due (days from today)."""

    text: str
    owner: str
    ago: int
    goal: int | None = None
    carried: tuple[int, ...] = ()
    done: int | None = None
    dropped: int | None = None
    due: int | None = None
    success: str = ""


class NoteTold(Told, frozen=True):
    """A card; its day counts school days from the session (``in_days``) or from now (``today``)."""

    section: str
    text: str
    ago: int = 0
    detail: str = ""
    person: str = ""
    in_days: int | None = None
    today: int | None = None
    time: str = ""
    closed: int | None = None


class BoardTold(Told, frozen=True):
    """A team's term. No session was held at ``missed``; the one at ``skipped`` was called off for ``reason``."""

    school: str
    team: str
    day: str
    time: str
    goals: tuple[GoalTold, ...]
    actions: tuple[ActionTold, ...]
    notes: tuple[NoteTold, ...]
    tops: tuple[str, ...]
    tips: tuple[str, ...]
    first: int = SESSIONS
    missed: int = 0
    skipped: int = 0
    reason: str = ""
    two_sittings: bool = False

    @property
    def clock(self) -> datetime.time:
        return datetime.time.fromisoformat(self.time)


class ThemeTold(Told, frozen=True):
    title: str
    ambition: str


class HangingTold(Told, frozen=True):
    """An action that hangs on a board without sessions; ``owner`` is a name or a place in the team."""

    text: str
    owner: str | int
    due: int


class SchoolTold(Told, frozen=True):
    """Themes of a school, and what hangs on the board of its implementation team."""

    code: str
    themes: tuple[ThemeTold, ...]
    actions: tuple[HangingTold, ...]
    notes: tuple[NoteTold, ...]


class Stories(Told, frozen=True):
    schools: tuple[SchoolTold, ...]
    boards: tuple[BoardTold, ...]
    organisational: tuple[HangingTold, ...]


def read(path: Path) -> Stories:
    """Return the stories in ``path``, or raise ``ContentFileRefused``."""
    try:
        stories = msgspec.toml.decode(path.read_bytes(), type=Stories)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ContentFileRefused(f"{path.name}: {error}") from error
    for story in stories.boards:
        cards: list[GoalTold | ActionTold | NoteTold] = [*story.goals, *story.actions, *story.notes]
        for told in cards:
            if told.ago in (story.missed, story.skipped) and told.ago:
                raise ContentFileRefused(f"{path.name}, {story.team}: no session was held {told.ago} sessions ago")
    return stories


def session_days(calendar: SchoolCalendar, region: HolidayRegion, today: date, *, day: str) -> list[date]:
    """Return the days of the sessions, today first, then one in each of the last eleven school weeks.

    On a school day today's weekday is the team's, so that the session of today fits its rhythm. A year that has just
    begun reaches back to before the summer, so that the boards look lived-in on any day.
    """
    weekday = today.weekday() if today.weekday() < len(DAYS) else DAYS.index(day)
    days, monday = [today], monday_of(today)
    while len(days) <= SESSIONS:
        found = _day_in(calendar, region, monday, weekday)
        if found is not None and found < today:
            days.append(found)
        monday -= WEEK
    return days


def _day_in(calendar: SchoolCalendar, region: HolidayRegion, monday: date, weekday: int) -> date | None:
    """The weekday, or the nearest school day of that week after or before it."""
    if calendar.week_of(region, monday).state is WeekState.HOLIDAY:
        return None
    offsets = sorted(range(5), key=lambda offset: (abs(offset - weekday), -offset))
    return next(day for day in (monday + o * DAY for o in offsets) if calendar.is_school_day(region, day))
