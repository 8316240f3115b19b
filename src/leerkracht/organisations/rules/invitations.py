"""When an invitation still opens a door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

VALID_FOR = timedelta(days=14)
MOST_PLACES = 40


class InvitationRefused(Refusal):
    """``code`` is revoked, used, expired, other_address, already or inactive."""


@dataclass(frozen=True)
class InvitationFacts:
    expires_at: datetime
    revoked_at: datetime | None
    places: int
    used: int


def check_open(facts: InvitationFacts, *, now: datetime) -> None:
    """Refuse an invitation that was withdrawn, is used up or is too old."""
    if facts.revoked_at:
        raise InvitationRefused("revoked", _("Deze uitnodiging is ingetrokken. Vraag je schoolcoach om een nieuwe."))
    if facts.used >= facts.places:
        text = _("Deze uitnodiging is al gebruikt. Deed je al mee? Log dan in met je mailadres.")
        raise InvitationRefused("used", text)
    if facts.expires_at <= now:
        text = _("Deze uitnodiging was veertien dagen geldig en is verlopen. Vraag je schoolcoach om een nieuwe.")
        raise InvitationRefused("expired", text)


def is_open(facts: InvitationFacts, *, now: datetime) -> bool:
    try:
        check_open(facts, now=now)
    except InvitationRefused:
        return False
    return True


def check_address(*, invited: str, own: str) -> None:
    """Refuse somebody else than the one whom the mail was sent to; a QR names nobody."""
    if invited and invited.lower() != own.lower():
        text = _("Deze uitnodiging is voor %(invited)s. Log uit en open de link dan opnieuw.")
        raise InvitationRefused("other_address", text, invited=invited)
