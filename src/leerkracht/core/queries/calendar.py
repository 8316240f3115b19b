"""The school calendar, read once from the editable file ``content/holidays.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from leerkracht.core.kernel.periods import Holiday, HolidayRegion, SchoolCalendar
from leerkracht.core.rules import gettext_noop as _

HOLIDAY_NAMES = {
    "herfst": _("herfstvakantie"),
    "kerst": _("kerstvakantie"),
    "voorjaar": _("voorjaarsvakantie"),
    "mei": _("meivakantie"),
    "zomer": _("zomervakantie"),
}


class CalendarFileRefused(ValueError):
    """The holiday file cannot be used; the text names the entry and what is expected."""


@cache
def calendar() -> SchoolCalendar:
    """The calendar of this installation; read again only when the process starts again."""
    return read_calendar(Path(settings.CONTENT_HOME) / "holidays.toml")


def read_calendar(path: Path) -> SchoolCalendar:
    """Return the calendar in ``path`` or raise ``CalendarFileRefused``."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("holidays", [])
    return SchoolCalendar(holiday for number, entry in enumerate(entries, 1) for holiday in _read(number, entry))


def _read(number: int, entry: dict[str, Any]) -> list[Holiday]:
    try:
        name, first, last = HOLIDAY_NAMES[entry["name"]], entry["first"], entry["last"]
        regions = [HolidayRegion(region.upper()) for region in entry["regions"]]
        is_provisional, source = entry.get("provisional", False), entry["source"]
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise CalendarFileRefused(f"holidays.toml, holiday {number}: {error!r} is not known or missing.") from error
    if not (isinstance(first, date) and isinstance(last, date) and first <= last):
        raise CalendarFileRefused(f"holidays.toml, holiday {number}: first must be a date, on or before last.")
    return [Holiday(name, region, first, last, is_provisional, source) for region in regions]
