"""A team's rhythm: one mark a school week, from what was held, planned, skipped or missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from leerkracht.core.kernel.periods import WEEK, SchoolWeek, WeekState, monday_of


class Mark(Enum):
    """What a week shows. PLANNED is a week that still can be held; BEFORE lies before the board hung."""

    HELD = "held"
    PLANNED = "planned"
    MISSED = "missed"
    SKIPPED = "skipped"
    HOLIDAY = "holiday"
    BEFORE = "before"


@dataclass(frozen=True)
class Meeting:
    """A session as the rhythm sees it: the day it was held or is planned, its state, why it was skipped."""

    day: date
    state: str
    reason: str = ""


@dataclass(frozen=True)
class RhythmWeek:
    """One week of the strip. ``day`` is the day of its session, where there is one."""

    monday: date
    number: int
    mark: Mark
    is_now: bool = False
    day: date | None = None
    reason: str = ""
    holiday: str = ""


@dataclass(frozen=True)
class Score:
    """Weeks held of the weeks that could have been; holidays and skipped weeks do not count."""

    held: int
    due: int


_BEST = {"CLOSED": 0, "RUNNING": 1, "BETWEEN": 1, "SKIPPED": 2, "PLANNED": 3}
_MARKS = {"CLOSED": Mark.HELD, "RUNNING": Mark.PLANNED, "BETWEEN": Mark.PLANNED, "SKIPPED": Mark.SKIPPED}


def rhythm(weeks: Sequence[SchoolWeek], meetings: Iterable[Meeting], *, today: date, since: date) -> list[RhythmWeek]:
    """Mark every week of ``weeks``.

    Parameters
    ----------
    weeks : school weeks in order, each a school or a holiday week
    meetings : sessions of the board, in any order; the best of a week counts (held before skipped before planned)
    today : weeks that ended before it and were not held are missed
    since : the day the board was hung; weeks that ended before it ask nothing of the team
    """
    by_week: dict[date, list[Meeting]] = {}
    for meeting in meetings:
        by_week.setdefault(monday_of(meeting.day), []).append(meeting)
    return [_week(week, by_week.get(week.monday, []), today, since) for week in weeks]


def score(strip: Iterable[RhythmWeek]) -> Score:
    """Count the weeks held, and the weeks that asked for a session up to now."""
    marks = [week.mark for week in strip]
    held = marks.count(Mark.HELD)
    return Score(held, held + marks.count(Mark.MISSED))


def window(strip: Sequence[RhythmWeek], *, before: int, after: int) -> list[RhythmWeek]:
    """The part around now that fits a small strip; the first weeks where the year has not begun."""
    now = next((index for index, week in enumerate(strip) if week.is_now), 0)
    first = max(0, min(now - before, len(strip) - before - after - 1))
    return list(strip[first : first + before + after + 1])


def _week(week: SchoolWeek, meetings: list[Meeting], today: date, since: date) -> RhythmWeek:
    meeting = min(meetings, key=lambda m: (_BEST.get(m.state, 9), m.day), default=None)
    return RhythmWeek(
        monday=week.monday,
        number=week.number,
        mark=_mark(week, meeting, today, since),
        is_now=week.monday == monday_of(today),
        day=meeting.day if meeting else None,
        reason=meeting.reason if meeting else "",
        holiday=week.holiday.name if week.holiday else "",
    )


def _mark(week: SchoolWeek, meeting: Meeting | None, today: date, since: date) -> Mark:
    is_past = week.monday + WEEK <= today
    if meeting is not None and meeting.state in _MARKS:
        return _MARKS[meeting.state]
    if week.state is WeekState.HOLIDAY and (meeting is None or is_past):
        return Mark.HOLIDAY
    if meeting is None and week.monday + WEEK <= since:
        return Mark.BEFORE
    return Mark.MISSED if is_past else Mark.PLANNED
