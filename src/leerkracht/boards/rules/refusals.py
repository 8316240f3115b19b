"""Every no a board can say. The sentence tells what happened, why, and what to do now."""

from __future__ import annotations

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _


class OperationRefused(Refusal):
    """A rule of the board says no; shown to the person, not logged."""


def not_on_board() -> OperationRefused:
    return OperationRefused(
        "not_on_board", _("Deze kaart staat niet meer op dit bord. Ververs het bord om te zien wat er nu hangt.")
    )


def already_there() -> OperationRefused:
    return OperationRefused(
        "id_taken", _("Er is al een kaart met dit nummer. Ververs het bord en probeer het opnieuw.")
    )


def empty(what: str) -> OperationRefused:
    return OperationRefused(
        "empty", _("Vul eerst iets in bij %(what)s. Een lege kaart zegt je collega’s niets."), what=what
    )


def too_long(what: str, length: int, limit: int) -> OperationRefused:
    return OperationRefused(
        "too_long",
        _("Er passen %(limit)s tekens bij %(what)s en dit zijn er %(length)s. Maak het korter."),
        what=what,
        length=length,
        limit=limit,
    )


def not_a_member() -> OperationRefused:
    return OperationRefused(
        "not_a_member", _("Deze collega hoort niet bij het team van dit bord. Kies iemand die erbij staat.")
    )


def board_archived() -> OperationRefused:
    return OperationRefused("archived", _("Dit bord is opgeborgen. Je kunt het lezen, maar niet meer veranderen."))


def guest_only_in_session() -> OperationRefused:
    return OperationRefused(
        "guest_only_in_session",
        _("Als gast doe je mee zolang de bordsessie loopt. Log in om daarna verder te werken."),
    )


def guest_may_not() -> OperationRefused:
    return OperationRefused(
        "guest_may_not", _("Als gast verander je de indeling van het bord niet. Log in en doe het dan.")
    )


def changed_since() -> OperationRefused:
    return OperationRefused(
        "changed_since", _("Iemand heeft dit daarna al veranderd. Terugdraaien zou dat wissen; pas de kaart zelf aan.")
    )


def nothing_to_undo() -> OperationRefused:
    return OperationRefused("nothing_to_undo", _("Dit is niet (meer) terug te draaien. Verander de kaart zelf."))
