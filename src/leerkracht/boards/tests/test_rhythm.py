"""The strip of weeks: held, planned, missed, skipped, holiday, and before the board hung."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leerkracht.boards.kernel.rhythm import Mark, Meeting, Score, rhythm, score, window
from leerkracht.core.kernel.periods import Holiday, HolidayRegion, SchoolCalendar, SchoolYear

AUTUMN = Holiday("herfstvakantie", HolidayRegion.MIDDLE, date(2026, 10, 17), date(2026, 10, 25))
CALENDAR = SchoolCalendar([AUTUMN])
WEEKS = CALENDAR.weeks(HolidayRegion.MIDDLE, SchoolYear(2026))
TODAY = date(2026, 11, 17)
SINCE = date(2026, 9, 28)


def a_strip(*meetings: Meeting, today: date = TODAY):
    return rhythm(WEEKS, meetings, today=today, since=SINCE)


def mark_of(strip, monday: date) -> Mark:
    return next(week.mark for week in strip if week.monday == monday)


def test_each_week_shows_what_became_of_it():
    strip = a_strip(
        Meeting(date(2026, 9, 29), "CLOSED"),
        Meeting(date(2026, 10, 6), "SKIPPED", "studiedag"),
        Meeting(date(2026, 11, 10), "CLOSED"),
        Meeting(date(2026, 11, 19), "PLANNED"),
    )
    mondays = [date(2026, 9, 21) + timedelta(weeks=n) for n in range(11)]
    assert [mark_of(strip, monday).value for monday in mondays] == [
        "before", "held", "skipped", "missed", "holiday", "missed", "missed", "held", "planned", "planned", "planned",
    ]  # fmt: skip
    assert score(strip) == Score(held=2, due=5)


def test_a_session_planned_in_a_week_that_passed_was_missed():
    assert mark_of(a_strip(Meeting(date(2026, 11, 3), "PLANNED")), date(2026, 11, 2)) is Mark.MISSED


def test_a_session_held_in_a_holiday_week_counts_as_held():
    assert mark_of(a_strip(Meeting(date(2026, 10, 20), "CLOSED")), date(2026, 10, 19)) is Mark.HELD


def test_this_week_is_not_missed_before_it_is_over():
    assert mark_of(a_strip(today=date(2026, 11, 22)), date(2026, 11, 16)) is Mark.PLANNED
    assert mark_of(a_strip(today=date(2026, 11, 23)), date(2026, 11, 16)) is Mark.MISSED


def test_a_small_strip_shows_the_weeks_around_now():
    weeks = window(a_strip(), before=8, after=3)
    assert [week.is_now for week in weeks] == [False] * 8 + [True] + [False] * 3


@given(
    st.lists(
        st.builds(
            Meeting,
            day=st.dates(date(2026, 8, 3), date(2027, 7, 25)),
            state=st.sampled_from(["CLOSED", "PLANNED", "RUNNING", "SKIPPED"]),
        ),
        max_size=40,
    ),
    st.dates(date(2026, 8, 3), date(2027, 7, 25)),
)
def test_every_week_has_one_mark_and_held_never_exceeds_due(meetings, today):
    strip = a_strip(*meetings, today=today)
    counted = score(strip)
    assert [week.monday for week in strip] == [week.monday for week in WEEKS]
    assert 0 <= counted.held <= counted.due <= len(WEEKS)
    assert not any(week.mark is Mark.MISSED and week.monday > today for week in strip)
