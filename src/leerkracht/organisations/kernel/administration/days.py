"""Days as people write them in a sheet."""

from __future__ import annotations

import re
from datetime import date, timedelta

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from ..register.words import folded

FIRST_YEAR = 2007
_EXCEL_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_DUTCH = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_NAMED = re.compile(r"(?:(\d{1,2}) )?([a-z]{3,9}) (\d{4}|\d{2})")
_SCHOOL_YEAR = re.compile(r"(?:(?:schooljaar|sj|cursusjaar) )?(\d{4}|\d{2}) (?:t m )?(\d{4}|\d{2})")
_NAMES = (
    ("januari", "jan"), ("februari", "feb", "febr"), ("maart", "mrt", "maa", "mar"), ("april", "apr"), ("mei", "may"),
    ("juni", "jun"), ("juli", "jul"), ("augustus", "aug"), ("september", "sep", "sept"),
    ("oktober", "okt", "oct"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names}


class DayRefused(Refusal):
    pass


def parse_day(text: str, *, today: date) -> date:
    """Read one day; a month alone is its first day, a school year 1 August.

    Raises
    ------
    DayRefused : not a day, a day that does not exist, before 2007 or more than a year ahead
    """
    try:
        found = _read(text.strip())
    except ValueError as fault:
        raise DayRefused("day.impossible", _("De datum ‘%(value)s’ bestaat niet."), value=text[:40]) from fault
    if found is None:
        words = _("‘%(value)s’ lezen we niet als datum. Schrijf bijvoorbeeld 1-8-2024 of schooljaar 2024-2025.")
        raise DayRefused("day.unknown", words, value=text[:40])
    if found.year < FIRST_YEAR:
        raise DayRefused("day.too_early", _("%(value)s ligt vóór 2007; toen bestond leerKRACHT niet."), value=text[:40])
    if found > today + timedelta(days=366):
        raise DayRefused("day.too_late", _("%(value)s ligt meer dan een jaar in de toekomst."), value=text[:40])
    return found


def _read(text: str) -> date | None:
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DUTCH.fullmatch(text):
        return date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _SERIAL.fullmatch(text):
        return _EXCEL_ZERO + timedelta(days=int(match[1]))
    plain = folded(text)
    if (match := _NAMED.fullmatch(plain)) and match[2] in _MONTHS:
        return date(_year(match[3]), _MONTHS[match[2]], int(match[1] or 1))
    match = _SCHOOL_YEAR.fullmatch(plain)
    if match and _year(match[2]) == _year(match[1]) + 1:
        return date(_year(match[1]), 8, 1)
    return None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
