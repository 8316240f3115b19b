"""Ending and taking back what is valid in time."""

from __future__ import annotations

from datetime import date, timedelta

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

UNDO_DAYS = 30


class PeriodRefused(Refusal):
    pass


def check_not_ended(*, to_date: date | None, on: date) -> None:
    if to_date is not None and to_date <= on:
        raise PeriodRefused("ended", _("Dit was al beëindigd. Ververs de pagina om te zien hoe het nu is."))


def check_undo(*, to_date: date | None, on: date) -> None:
    """Refuse to take back what has not ended, or ended more than thirty days ago: then it starts anew."""
    if to_date is None:
        raise PeriodRefused("not_ended", _("Dit loopt gewoon door; er is niets om terug te draaien."))
    if on - to_date > timedelta(days=UNDO_DAYS):
        text = _("Dit is langer dan dertig dagen geleden beëindigd. Nodig deze collega opnieuw uit.")
        raise PeriodRefused("too_late", text)


def check_not_own(*, is_own: bool) -> None:
    """Nobody takes away the role they work with: who would undo it?"""
    if is_own:
        text = _("Je kunt je eigen rol niet beëindigen. Vraag het een collega met dezelfde rol of het centrale team.")
        raise PeriodRefused("own_role", text)
