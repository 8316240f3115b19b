"""POST one tap of the check-in: counted in memory, told to every screen, never stored."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from django.utils import timezone

from leerkracht.accounts.rules import DEVICE
from leerkracht.core.asgi.reading import look_up

from ..queries.actors import Caller, Entry, entry_for
from ..queries.state import state_of
from ..rules.wire import Standing
from ..services import check_in
from . import http
from .http import Answer, Receive, Scope, Send


class Tap(msgspec.Struct):
    """1 is low, 2 neutral, 3 happy."""

    mood: int


_decode = msgspec.json.Decoder(Tap).decode


async def handle(scope: Scope, receive: Receive, send: Send, match: Any) -> None:
    """Count the tap and answer with what everybody may see of it."""
    caller = http.caller_of(scope)
    board_id = int(match["board"])
    try:
        http.check_same_site(scope)
        mood = _read(await http.body_of(receive))
        standing = await look_up(partial(_tap, board_id, caller, mood))
        await http.respond(send, standing)
    except http.FORESEEN as error:
        await http.refuse(send, error, http.language_of(caller))


def _tap(board_id: int, caller: Caller, mood: int) -> Standing:
    entry = entry_for(caller, board_id, "edit", timezone.now())
    return check_in.tap(board_id=board_id, state=state_of(entry.board), mood=mood, who=_who(entry))


def _who(entry: Entry) -> str:
    # A member who is signed in on a laptop and a guest on a phone is one person; the wall is everybody.
    return "" if entry.kind == DEVICE or entry.person is None else str(entry.person.pk)


def _read(body: bytes) -> int:
    try:
        return _decode(body).mood
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Answer(400, "malformed", str(error)[:200]) from error
