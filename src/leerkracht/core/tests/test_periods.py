"""School years, weeks and holidays, worked by hand."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerkracht.core.kernel.periods import (
    DAY,
    Holiday,
    HolidayRegion,
    SchoolCalendar,
    SchoolYear,
    WeekState,
    easter_sunday,
    national_holidays,
    works_on,
)
from leerkracht.core.queries.calendar import CalendarFileRefused, calendar, read_calendar

NORTH, MIDDLE, SOUTH = HolidayRegion.NORTH, HolidayRegion.MIDDLE, HolidayRegion.SOUTH
AUTUMN = Holiday("herfstvakantie", MIDDLE, date(2026, 10, 17), date(2026, 10, 25))
DATES = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 7, 31), "2025-2026"),
        (date(2026, 8, 1), "2026-2027"),
        (date(2027, 1, 15), "2026-2027"),
    ],
)
def test_a_school_year_starts_on_the_first_of_august(day, label):
    assert SchoolYear.of(day).label == label


def test_a_school_year_knows_its_first_and_last_day():
    assert (SchoolYear(2026).first_date, SchoolYear(2026).last_date) == (date(2026, 8, 1), date(2027, 7, 31))


@given(DATES)
def test_every_day_lies_in_its_own_school_year_and_in_no_other(day):
    year = SchoolYear.of(day)
    assert day in year
    assert day not in SchoolYear(year.start + 1)
    assert day not in SchoolYear(year.start - 1)


@given(st.integers(2020, 2040))
def test_weeks_of_consecutive_years_follow_each_other_without_gap_or_overlap(start):
    mondays = [*SchoolYear(start).mondays(), *SchoolYear(start + 1).mondays()]
    assert all((later - earlier).days == 7 for earlier, later in pairwise(mondays))


def test_a_week_in_the_autumn_holiday_is_a_holiday_week():
    weeks = SchoolCalendar([AUTUMN]).weeks(MIDDLE, SchoolYear(2026))
    states = {week.number: week.state for week in weeks if week.monday.month in (10,)}
    assert states == {
        41: WeekState.SCHOOL,
        42: WeekState.SCHOOL,
        43: WeekState.HOLIDAY,
        44: WeekState.SCHOOL,
    }


def test_a_holiday_in_one_region_is_no_holiday_in_another():
    school_calendar = SchoolCalendar([AUTUMN])
    assert school_calendar.is_holiday(MIDDLE, date(2026, 10, 21))
    assert not school_calendar.is_holiday(NORTH, date(2026, 10, 21))


def test_the_next_school_day_skips_weekend_and_holiday():
    school_calendar = SchoolCalendar([AUTUMN])
    assert school_calendar.next_school_day(MIDDLE, date(2026, 10, 16)) == date(2026, 10, 16)
    assert school_calendar.next_school_day(MIDDLE, date(2026, 10, 17)) == date(2026, 10, 26)


@given(DATES)
def test_the_next_school_day_is_never_earlier_and_always_a_school_day(day):
    found = SchoolCalendar([AUTUMN]).next_school_day(MIDDLE, day)
    assert found >= day
    assert SchoolCalendar([AUTUMN]).is_school_day(MIDDLE, found)


def test_easter_falls_where_the_almanac_says():
    assert [easter_sunday(year) for year in (1961, 2000, 2026, 2027, 2038)] == [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ]


def test_national_holidays_of_2027_by_hand():
    assert sorted(national_holidays(2027)) == [
        date(2027, 1, 1),
        date(2027, 3, 29),
        date(2027, 4, 27),
        date(2027, 5, 6),
        date(2027, 5, 17),
        date(2027, 12, 25),
        date(2027, 12, 26),
    ]


def test_kings_day_on_a_sunday_is_kept_on_saturday():
    assert date(2025, 4, 26) in national_holidays(2025)
    assert date(2025, 4, 27) not in national_holidays(2025)


def test_work_days_are_bits_from_monday():
    monday_and_thursday = 0b01001
    assert [works_on(monday_and_thursday, date(2026, 11, 23) + offset * DAY) for offset in range(7)] == [
        True,
        False,
        False,
        True,
        False,
        False,
        False,
    ]


def test_the_file_covers_three_school_years_in_three_regions_with_a_source_each():
    for region in HolidayRegion:
        for start in (2025, 2026, 2027):
            own = [h for h in calendar().holidays if h.region is region and SchoolYear.of(h.first).start == start]
            assert [h.name for h in own] == [
                "herfstvakantie",
                "kerstvakantie",
                "voorjaarsvakantie",
                "meivakantie",
                "zomervakantie",
            ]
            assert all(h.source.startswith("https://") for h in own)


def test_school_holidays_run_from_saturday_to_sunday():
    assert {(h.first.weekday(), h.last.weekday()) for h in calendar().holidays} == {(5, 6)}


def test_the_holidays_to_come_start_with_the_one_of_today():
    names = [h.name for h in calendar().holidays_from(MIDDLE, date(2026, 12, 25), most=2)]
    assert names == ["kerstvakantie", "voorjaarsvakantie"]
    assert calendar().holidays_from(MIDDLE, date(2099, 1, 1)) == ()


def test_the_calendar_knows_how_far_it_reaches():
    assert calendar().knows(SOUTH, date(2026, 11, 22))
    assert calendar().knows(SOUTH, date(2028, 9, 3))
    assert not calendar().knows(SOUTH, date(2028, 9, 4))
    assert not calendar().knows(SOUTH, date(2025, 7, 4))


def test_unconfirmed_dates_are_marked():
    provisional = {(h.name, h.region, h.first) for h in calendar().holidays if h.is_provisional}
    assert ("zomervakantie", SOUTH, date(2027, 7, 24)) in provisional
    assert ("zomervakantie", NORTH, date(2027, 7, 10)) not in provisional


@pytest.mark.parametrize(
    "line",
    [
        '{ name = "paas", regions = ["noord"], first = 2026-01-01, last = 2026-01-02, source = "x" }',
        '{ name = "kerst", regions = ["oost"], first = 2026-01-01, last = 2026-01-02, source = "x" }',
        '{ name = "kerst", regions = ["noord"], first = 2026-01-03, last = 2026-01-02, source = "x" }',
        '{ name = "kerst", regions = ["noord"], first = 2026-01-01, last = 2026-01-02 }',
    ],
)
def test_a_mistake_in_the_file_is_refused_with_its_number(tmp_path, line):
    path = tmp_path / "holidays.toml"
    path.write_text(f"holidays = [{line}]")
    with pytest.raises(CalendarFileRefused, match="holiday 1"):
        read_calendar(path)
