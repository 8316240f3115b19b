"""When a sheet may be taken in, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

UNDO_FOR = timedelta(days=30)
DRAFT_FOR = timedelta(days=7)
_NAMED = 8


class ImportRefused(Refusal):
    pass


def check_draft(*, state: str) -> None:
    if state != "DRAFT":
        raise ImportRefused("import.done", _("Dit blad is al ingelezen. Kijk op deze pagina wat er veranderde."))


def can_undo(*, state: str, applied_at: datetime | None, now: datetime) -> bool:
    return state == "APPLIED" and applied_at is not None and now - applied_at <= UNDO_FOR


def check_undo(*, state: str, applied_at: datetime | None, now: datetime) -> None:
    if state != "APPLIED":
        raise ImportRefused("import.not_applied", _("Dit is al teruggedraaid, of nog niet ingelezen."))
    if not can_undo(state=state, applied_at=applied_at, now=now):
        text = _("Dit is langer dan dertig dagen geleden ingelezen; wat er stond, bewaren we dan niet meer.")
        raise ImportRefused("import.too_late", text)


def check_untouched(at_fault: Sequence[str]) -> None:
    """Refuse to take back what somebody changed since; ``at_fault`` names their lines."""
    if not at_fault:
        return
    named = ", ".join(at_fault[:_NAMED])
    text = _(
        "Terugdraaien kan niet: na het inlezen is er iets veranderd bij regel %(named)s van het bestand. "
        "Zet dat eerst terug, of verander de rest met de hand."
    )
    if len(at_fault) > _NAMED:
        text = _(
            "Terugdraaien kan niet: na het inlezen is er iets veranderd "
            "bij regel %(named)s van het bestand en %(more)s andere. "
            "Zet dat eerst terug, of verander de rest met de hand."
        )
    raise ImportRefused("import.touched", text, named=named, more=len(at_fault) - _NAMED)
