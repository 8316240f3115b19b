"""The small words on a card. The page gives the same ones to ``cards.js``, so that a live change reads the same."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _


def card_words() -> dict[str, str]:
    """Every sentence a card can say, in the reader's language; ``%(name)s`` is filled in on either side."""
    return {
        "today": _("vandaag"),
        "tomorrow": _("morgen"),
        "yesterday": _("gisteren"),
        "overdue": _("was voor %(day)s"),
        "look_overdue": _("kijken was %(day)s"),
        "carried": _("%(count)s keer doorgeschoven"),
        "of_goal": _("bij doel"),
        "done": _("klaar"),
        "dropped": _("losgelaten"),
        "draft": _("concept, hangt nog niet op het bord"),
        "draft_vague": _("concept: nog geen maat"),
        "now": _("nu %(value)s"),
        "start": _("start %(value)s"),
        "target": _("doel %(value)s"),
        "weeks_left": _("nog %(count)s weken"),
        "week_left": _("nog een week"),
        "last_week": _("laatste week"),
        "achieved": _("gehaald"),
        "partly": _("deels gehaald"),
        "not_achieved": _("niet gehaald"),
        "asks": _("vraagt hulp"),
        "helps": _("helpt mee"),
        "solved": _("afgerond"),
        "key_done": _("Klaar"),
        "key_celebrate": _("Gelukt!"),
        "key_place": _("Zet op het bord"),
        "key_measure": _("Meten"),
        "key_offer": _("Ik help"),
        "key_close": _("Opgelost"),
        "more": _("Meer met"),
    }


def near_day(day: date, today: date, words: dict[str, str]) -> str:
    """Say a day as people do: today, a weekday within the week, otherwise day and month."""
    away = (day - today).days
    if away in (0, 1, -1):
        return words[("today", "tomorrow", "yesterday")[away]]
    return date_format(day, "l") if abs(away) < 7 else date_format(day, "j F")


def short_day(day: date) -> str:
    """Two letters of the weekday, as planning cards start."""
    return date_format(day, "D").rstrip(".")


def figure(value: float, unit: str = "") -> str:
    """Write a measured number with at most two decimals and its unit."""
    text = number_format(round(value, 2), decimal_pos=None if value % 1 else 0, use_l10n=True)
    return f"{text} {unit}" if unit else text
