"""When a portfolio may go to others, and be taken back."""

from __future__ import annotations

from datetime import date, timedelta

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .periods import UNDO_DAYS

FURTHEST = timedelta(days=366)


class HandoverRefused(Refusal):
    pass


def check_day(day: date, *, on: date) -> None:
    """Refuse a day that is past (what happened, happened) or more than a year ahead."""
    if day < on:
        raise HandoverRefused("past", _("Deze dag is al voorbij. Kies vandaag of een dag daarna."))
    if day > on + FURTHEST:
        raise HandoverRefused("too_far", _("Dit is meer dan een jaar vooruit. Kies een dag binnen een jaar."))


def check_something(count: int) -> None:
    if count == 0:
        raise HandoverRefused("nothing", _("Er gaat geen plek over. Kies voor ten minste één plek een ander."))


def check_undo_of_handover(*, day: date, on: date, is_undone: bool) -> None:
    if is_undone:
        raise HandoverRefused("undone", _("Dit was al teruggedraaid. Ververs de pagina."))
    if on - day > timedelta(days=UNDO_DAYS):
        raise HandoverRefused("too_late", _("Dit is langer dan dertig dagen geleden. Draag de plekken opnieuw over."))
