"""Let a wall and a phone in without an account: tokens that open one board, and only its digest is kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from leerkracht.accounts.models import Person
from leerkracht.accounts.services import audit
from leerkracht.core.live.hub import hub
from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from ..models import Board, BoardDevice, BoardSession, SessionGuest
from ..queries.actors import digest_of
from ..rules.entities import UNDERWAY
from ..rules.wire import topic_of

GUEST_MINUTES = 90


class SessionOver(Refusal):
    """The QR was of a session that is over."""

    def __init__(self) -> None:
        super().__init__(
            "session_over",
            _("Deze bordsessie is al afgerond. Scan de code op het scherm opnieuw als er een nieuwe loopt."),
        )


@transaction.atomic
def admit(*, session: BoardSession, person: Person, now: datetime) -> tuple[SessionGuest, str]:
    """Let a phone in for ninety minutes as ``person`` says to be; return the guest and the token for its cookie."""
    if session.state not in UNDERWAY:
        raise SessionOver
    token = secrets.token_urlsafe(24)
    guest = SessionGuest.objects.create(
        session=session,
        person=person,
        token_digest=digest_of(token),
        admitted_at=now,
        expires_at=now + timedelta(minutes=GUEST_MINUTES),
    )
    return guest, token


@transaction.atomic
def open_device(
    *, board: Board, name: str, by: Person, now: datetime, device_id: UUID | None = None
) -> tuple[BoardDevice, str]:
    """Make a wall screen of this board; return it and the token for its cookie.

    ``device_id`` is the id that a link carries: opened twice, the second is refused by the database.
    """
    token = secrets.token_urlsafe(32)
    device = BoardDevice.objects.create(
        id=device_id or uuid4(),
        board=board,
        name=name.strip()[:60],
        token_digest=digest_of(token),
        created_by=by,
        created_at=now,
    )
    audit.record(act="boards.device_opened", by=by, target=device, school=board.school_id, at=now)
    return device, token


@transaction.atomic
def revoke_device(*, device: BoardDevice, by: Person, now: datetime) -> None:
    """Shut a wall screen out at once; its open stream closes. Safe to repeat."""
    if device.revoked_at is not None:
        return
    device.revoked_at = now
    device.save(update_fields=["revoked_at"])
    audit.record(act="boards.device_revoked", by=by, target=device, school=device.board.school_id, at=now)
    transaction.on_commit(lambda: hub.close_all(topic_of(device.board_id)))
