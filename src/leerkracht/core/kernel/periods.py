"""School years, school weeks and holidays: plain dates in, plain answers out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
FIRST_MONTH = 8  # a school year runs from 1 August up to and including 31 July


class HolidayRegion(Enum):
    """The three regions of the ministry; the values are those of ``Location.holiday_region``."""

    NORTH = "NOORD"
    MIDDLE = "MIDDEN"
    SOUTH = "ZUID"


@dataclass(frozen=True, order=True)
class SchoolYear:
    """The school year that starts in August of ``start``."""

    start: int

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @property
    def label(self) -> str:
        return f"{self.start}-{self.start + 1}"

    @property
    def first_date(self) -> date:
        return date(self.start, FIRST_MONTH, 1)

    @property
    def last_date(self) -> date:
        return date(self.start + 1, FIRST_MONTH, 1) - DAY

    def __contains__(self, day: date) -> bool:
        return self.first_date <= day <= self.last_date

    def mondays(self) -> Iterator[date]:
        """Mondays of the ISO weeks of this year; a week belongs to the year its Thursday falls in."""
        monday = monday_of(self.first_date)
        if monday + 3 * DAY < self.first_date:
            monday += WEEK
        while monday + 3 * DAY <= self.last_date:
            yield monday
            monday += WEEK


@dataclass(frozen=True)
class Holiday:
    """A school holiday in one region, first and last free day included."""

    name: str
    region: HolidayRegion
    first: date
    last: date
    is_provisional: bool = False
    source: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class WeekState(Enum):
    SCHOOL = "school"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class SchoolWeek:
    """One ISO week; it is a holiday week when none of its five working days is a school day."""

    monday: date
    number: int
    state: WeekState
    holiday: Holiday | None


class SchoolCalendar:
    """Answers about school days, from a list of holidays. A date past the list has no known holidays."""

    def __init__(self, holidays: Iterable[Holiday]) -> None:
        self.holidays = tuple(sorted(holidays, key=lambda holiday: (holiday.first, holiday.region.value)))
        self._by_region = {
            region: tuple(holiday for holiday in self.holidays if holiday.region is region) for region in HolidayRegion
        }

    def holiday_on(self, region: HolidayRegion, day: date) -> Holiday | None:
        return next((holiday for holiday in self._by_region[region] if day in holiday), None)

    def holidays_from(self, region: HolidayRegion, day: date, *, most: int = 3) -> tuple[Holiday, ...]:
        """The holiday of that day and those that follow, at most ``most``."""
        return tuple(holiday for holiday in self._by_region[region] if holiday.last >= day)[:most]

    def is_holiday(self, region: HolidayRegion, day: date) -> bool:
        """Whether schools in the region are free for a school holiday or a national one (weekends not counted)."""
        return self.holiday_on(region, day) is not None or day in national_holidays(day.year)

    def is_school_day(self, region: HolidayRegion, day: date) -> bool:
        return is_working_day(day) and not self.is_holiday(region, day)

    def next_school_day(self, region: HolidayRegion, day: date) -> date:
        """The first school day from ``day`` on, ``day`` itself included."""
        while not self.is_school_day(region, day):
            day += DAY
        return day

    def week_of(self, region: HolidayRegion, day: date) -> SchoolWeek:
        monday = monday_of(day)
        working_days = [monday + offset * DAY for offset in range(5)]
        is_free = not any(self.is_school_day(region, day) for day in working_days)
        holiday = next(filter(None, (self.holiday_on(region, day) for day in working_days)), None)
        state = WeekState.HOLIDAY if is_free else WeekState.SCHOOL
        return SchoolWeek(monday, monday.isocalendar().week, state, holiday if is_free else None)

    def weeks(self, region: HolidayRegion, year: SchoolYear) -> tuple[SchoolWeek, ...]:
        """All weeks of a school year, in order, each with its state."""
        return tuple(self.week_of(region, monday) for monday in year.mondays())

    def knows(self, region: HolidayRegion, day: date) -> bool:
        """Whether the list reaches this day; outside it every working day seems a school day."""
        known = self._by_region[region]
        return bool(known) and known[0].first <= day <= known[-1].last


def monday_of(day: date) -> date:
    return day - day.weekday() * DAY


def is_working_day(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < 5


def works_on(work_days: int, day: date) -> bool:
    """Whether ``day`` is in a set of work days (bit 0 is Monday, bit 4 Friday)."""
    return bool(work_days >> day.weekday() & 1) and is_working_day(day)


def national_holidays(year: int) -> frozenset[date]:
    """Days on which all Dutch schools are free, whatever the region."""
    easter = easter_sunday(year)
    kings_day = date(year, 4, 27)
    return frozenset(
        {
            date(year, 1, 1),
            easter + DAY,
            kings_day - DAY if kings_day.weekday() == 6 else kings_day,
            easter + 39 * DAY,
            easter + 50 * DAY,
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar.

    References
    ----------
    Meeus (1991), Astronomical Algorithms, chapter 8 (after Butcher, 1876).
    """
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def united(periods: Sequence[tuple[date, date | None]]) -> list[list[int]]:
    """Return which of ``periods`` overlap or follow on one another without a day between, as groups of their numbers.

    A period runs from its first day up to, not including, its second; ``None`` has no end.
    """
    groups: list[list[int]] = []
    reach: date | None = None
    for number in sorted(range(len(periods)), key=lambda n: (periods[n][0], n)):
        start, end = periods[number]
        if groups and (reach is None or start <= reach):
            groups[-1].append(number)
            reach = None if reach is None or end is None else max(reach, end)
        else:
            groups.append([number])
            reach = end
    return groups
