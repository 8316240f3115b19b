"""Themes: at most two in a school year, because focus is the point; the implementation team may say otherwise."""

from __future__ import annotations

from datetime import date

from leerkracht.core.kernel.periods import SchoolYear
from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

MOST_THEMES = 2
SHORTEST_REASON = 10


class ThemeRefused(Refusal):
    """A rule about themes says no."""


class TooManyThemes(ThemeRefused):
    """The third theme of a school year."""

    def __init__(self, count: int) -> None:
        super().__init__(
            "too_many_themes",
            _(
                "Jullie school heeft dit schooljaar al %(count)s thema’s. Met meer dan twee verliest een team de "
                "focus. Sluit er een af, of laat het implementatieteam opschrijven waarom dit er toch bij moet."
            ),
            count=count,
        )


class NoReason(ThemeRefused):
    def __init__(self) -> None:
        super().__init__(
            "no_reason", _("Schrijf in één zin waarom dit thema er toch bij komt. Het team leest die zin mee.")
        )


def check_room(*, counted: int, may_override: bool, reason: str) -> str:
    """Return the reason to keep with the theme ('' below the limit), or refuse one theme too many.

    ``counted`` are the school's themes of that school year that were not dropped before they began.
    """
    if counted < MOST_THEMES:
        return ""
    clean = " ".join(reason.split())
    if not may_override or not clean:
        raise TooManyThemes(counted)
    if len(clean) < SHORTEST_REASON:
        raise NoReason
    return clean


def check_period(*, year: int, from_date: date, to_date: date) -> None:
    """Refuse a period that ends before it begins or falls outside its school year."""
    school_year = SchoolYear(year)
    if to_date <= from_date:
        raise ThemeRefused("period_reversed", _("De einddatum ligt niet na de begindatum. Kies een latere einddatum."))
    if from_date not in school_year or to_date not in school_year:
        raise ThemeRefused(
            "outside_year",
            _("Kies dagen tussen 1 augustus %(start)s en 31 juli %(end)s; dan loopt dit schooljaar."),
            start=year,
            end=year + 1,
        )


def check_open(state: str) -> None:
    """Refuse to work on a theme that is over."""
    if state not in ("PLANNED", "ACTIVE"):
        raise ThemeRefused("theme_over", _("Dit thema is afgesloten. Kies een thema dat loopt of gepland is."))
