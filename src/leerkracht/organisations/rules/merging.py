"""Who may make one person of two, and take it back."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .periods import UNDO_DAYS
from .roles import may_hand_out

MERGERS = frozenset({"CENTRAL_TEAM", "ADMINISTRATOR"})
# Anyone who registers gets this one: it opens nothing that is somebody's.
HARMLESS = frozenset({"READER"})


class MergeRefused(Refusal):
    pass


@dataclass(frozen=True)
class Known:
    """What the rules ask about one of the two."""

    id: int
    roles: frozenset[str]
    is_erased: bool = False
    is_active: bool = True


def check_two(first: Known, second: Known, *, by: int) -> None:
    """Refuse what is not two working persons, or oneself."""
    if first.id == second.id:
        raise MergeRefused("same", _("Kies twee verschillende mensen."))
    if by in (first.id, second.id):
        raise MergeRefused("own", _("Jezelf voeg je niet samen. Vraag het een collega van het centrale team."))
    check_both_there(first, second)
    if not (first.is_active and second.is_active):
        raise MergeRefused("gone", _("Een van de twee is al samengevoegd of werkt hier niet meer. Zoek opnieuw."))


def check_both_there(first: Known, second: Known) -> None:
    """Refuse when one of the two was erased: nothing of them is left to join or to part."""
    if first.is_erased or second.is_erased:
        raise MergeRefused("erased", _("Een van de twee is gewist. Daar is niets meer van om samen te voegen."))


def check_rights(roles: Iterable[str], *, held: AbstractSet[str]) -> None:
    """Refuse to touch somebody with a role that the merging person, who wears ``held``, may not hand out."""
    for role in sorted(set(roles) - HARMLESS):
        if not may_hand_out(role, held=held & MERGERS, has_coach=True):
            text = _("Een van de twee is %(what)s. Die rol mag jij niet geven. Vraag het iemand die dat wel mag.")
            raise MergeRefused("more_rights", text, what=ROLE_WORDS.get(role, role))


def check_undo_of_merge(*, on: date, merged_on: date, is_undone: bool) -> None:
    """Refuse to take a merge back twice, or after thirty days."""
    if is_undone:
        raise MergeRefused("undone", _("Dit was al teruggedraaid. Ververs de pagina."))
    if on - merged_on > timedelta(days=UNDO_DAYS):
        raise MergeRefused("too_late", _("Dit is langer dan dertig dagen geleden. Terugdraaien kan niet meer."))


ROLE_WORDS = {
    "TEACHER": _("leraar"),
    "CENTRAL_TEAM": _("centraal team"),
    "ADMINISTRATOR": _("beheerder"),
    "SCHOOL_COACH": _("schoolcoach"),
    "SCHOOL_LEADER": _("schoolleider"),
    "EXPERT_COACH": _("expertcoach"),
    "CHANGE_COACH": _("verandercoach"),
    "GOVERNING_BODY_LEAD": _("bestuurder"),
    "RESEARCHER": _("onderzoeker"),
    "FUND": _("fonds"),
    "EDITOR": _("redacteur"),
}
