"""GET the live stream of a board: what was missed since ``after``, then every line as it is written."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import timezone

from leerkracht.accounts.rules import PERSON
from leerkracht.core.asgi.reading import look_up
from leerkracht.core.live.hub import Watcher, hub

from ..models import Operation
from ..queries.actors import Caller, Entry, entry_for
from ..queries.state import changes_of, state_of
from ..rules.wire import Event, check_in_stream, is_check_in, topic_of, topic_of_sign_in
from ..services.check_in import standing_of
from . import http, relay
from .http import Receive, Scope, Send

# Proxies close a stream that is silent for a minute; one comment line costs nothing.
BREATH_SECONDS = 25.0
# Rights end at once through ``hub.close_all``; this catches what no signal told.
RIGHTS_SECONDS = 300.0
MOST_MISSED = 500
BREATH, RELOAD, CLOSED = b": \n\n", b"event: reload\ndata: {}\n\n", b"event: closed\ndata: {}\n\n"


async def handle(scope: Scope, receive: Receive, send: Send, match: Any) -> None:
    """Stream until the client leaves, falls too far behind, or may no longer look."""
    caller, board_id = http.caller_of(scope), int(match["board"])
    try:
        seq = _after(scope)
        entry = await look_up(partial(entry_for, caller, board_id, "view", timezone.now()))
    except http.FORESEEN as error:
        await http.refuse(send, error, http.language_of(caller))
        return
    loop = asyncio.get_running_loop()
    topics = [topic_of(board_id), *_ending(caller, entry)]
    watcher = hub.watch(topics[0], loop)
    for topic in topics[1:]:
        hub.also(topic, watcher)
    leaving = asyncio.ensure_future(_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await _stream(send, watcher, _Place(board_id, caller, entry, seq), leaving)
    finally:
        leaving.cancel()
        for topic in topics:
            hub.leave(topic, watcher)


def _ending(caller: Caller, entry: Entry) -> list[str]:
    """Where the end of the sign-in is told that a stream must not outlive; a wall and a guest have none."""
    return [topic_of_sign_in(caller.cookies[settings.SESSION_COOKIE_NAME])] if entry.kind == PERSON else []


class _Place:
    """Where one stream is in the log, and what of it may be seen: a guest hears the own session's lines alone."""

    def __init__(self, board_id: int, caller: Caller, entry: Entry, seq: int) -> None:
        self.board_id, self.caller, self.seq = board_id, caller, seq
        self.session, self.is_in_the_room = entry.session, entry.can_edit


async def _stream(send: Send, watcher: Watcher, place: _Place, leaving: asyncio.Future[None]) -> None:
    checked_at = asyncio.get_running_loop().time()
    begin = await look_up(partial(_missed, place, None))
    await _put(send, b"retry: 2000\n\n" + begin, more=begin is not RELOAD)
    while begin is not RELOAD and not leaving.done():
        message = await _next(watcher, leaving)
        now = asyncio.get_running_loop().time()
        if _is_due(place, message, now - checked_at):
            checked_at = now
            message = message if await _may_still(place) else None
        if message is None:
            await _put(send, CLOSED, more=False)
            return
        seq = _seq_of(message)
        if (seq is not None and seq <= place.seq) or (not place.is_in_the_room and is_check_in(message)):
            continue
        if seq is not None and (seq > place.seq + 1 or relay.is_mark(message)):
            message = await look_up(partial(_missed, place, seq))  # two writers' events crossed, or another node wrote
        elif seq is not None:
            place.seq = seq
        if message:
            await _put(send, message)


async def _next(watcher: Watcher, leaving: asyncio.Future[None]) -> bytes | None:
    getting = asyncio.ensure_future(watcher.queue.get())
    await asyncio.wait((getting, leaving), timeout=BREATH_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    if getting.done():
        return getting.result()
    getting.cancel()
    return BREATH


def _is_due(place: _Place, message: bytes | None, seconds: float) -> bool:
    """Whether to ask again who looks here; a guest's right ends with the session, which no other signal tells."""
    is_over = place.session is not None and message is not None and b'"session.close"' in message
    return is_over or seconds > RIGHTS_SECONDS


async def _may_still(place: _Place) -> bool:
    try:
        await look_up(partial(entry_for, place.caller, place.board_id, "view", timezone.now()))
    except http.FORESEEN:
        return False
    return True


def _missed(place: _Place, until: int | None) -> bytes:
    """The lines after ``place`` as one message, and how the check-in stands when a stream begins."""
    lines = Operation.objects.filter(board=place.board_id, seq__gt=place.seq).select_related("board")
    lines = lines.filter(session_id=place.session) if place.session else lines
    found = list((lines.filter(seq__lte=until) if until else lines).order_by("seq")[: MOST_MISSED + 1])
    if len(found) > MOST_MISSED:
        return RELOAD
    parts = [Event.of(line, list(changes_of(line))).as_stream() for line in found]
    if found:
        place.seq = found[-1].seq
    if until is None and place.is_in_the_room:
        parts.append(_check_in(place))
    return b"".join(parts)


def _check_in(place: _Place) -> bytes:
    state = state_of(entry_for(place.caller, place.board_id, "view", timezone.now()).board)
    session = state.current_session()
    return check_in_stream(standing_of(state, session)) if session else b""


def _seq_of(message: bytes) -> int | None:
    return int(message[4 : message.index(b"\n")]) if message.startswith(b"id: ") else None


def _after(scope: Scope) -> int:
    text = http.headers_of(scope).get("last-event-id") or http.query_of(scope).get("after", "0")
    if not text.isdecimal() or len(text) > 12:
        raise http.Answer(400, "malformed", "after must be a whole number")
    return int(text)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _put(send: Send, body: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
