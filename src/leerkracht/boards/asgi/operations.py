"""POST operations: many at once, each answered by itself, acknowledged after the commit."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
from django.utils import timezone, translation

from leerkracht.core.asgi import writer
from leerkracht.core.queries.words import fill, say

from ..queries.actors import Caller, actor_of
from ..services import operations
from ..services.operations import MOST_AT_ONCE, Result
from . import http
from .http import Answer, Receive, Scope, Send


class Asked(msgspec.Struct):
    """The body of the request."""

    operations: list[msgspec.Raw]


_decode = msgspec.json.Decoder(Asked).decode


async def handle(scope: Scope, receive: Receive, send: Send, match: Any) -> None:
    """Apply what was sent, in order."""
    caller = http.caller_of(scope)
    language = http.language_of(caller)
    try:
        http.check_same_site(scope)
        asked = _read(await http.body_of(receive))
        work = partial(_apply, int(match["board"]), caller, asked)
        results = await writer.submit(work)
        with translation.override(language):
            content = {"seq": max((r.seq or 0 for r in results), default=0), "results": [answer_of(r) for r in results]}
        await http.respond(send, content)
    except http.FORESEEN as error:
        await http.refuse(send, error, language)


def answer_of(result: Result) -> dict[str, Any]:
    """One operation's answer in the reader's language."""
    refusal = result.refusal
    return {
        "id": result.id,
        "status": result.status,
        "seq": result.seq,
        "code": refusal.code if refusal else None,
        "reason": say(refusal) if refusal else None,
        "cautions": [{"code": c.code, "text": fill(c.message, c.values)} for c in result.cautions],
    }


def _apply(board_id: int, caller: Caller, asked: list[msgspec.Raw]) -> list[Result]:
    now = timezone.now()
    actor = actor_of(caller, board_id, now)
    return operations.apply_json(board_id=board_id, by=actor, raw=asked, now=now)


def _read(body: bytes) -> list[msgspec.Raw]:
    try:
        asked = _decode(body).operations
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Answer(400, "malformed", str(error)[:200]) from error
    if len(asked) > MOST_AT_ONCE:
        raise Answer(413, "too_many", f"at most {MOST_AT_ONCE} operations at once")
    return asked
