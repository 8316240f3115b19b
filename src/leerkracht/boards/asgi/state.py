"""GET the state of a board as JSON: what a screen asks when it was away too long to catch up line by line."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone

from leerkracht.core.asgi.reading import look_up

from ..queries.actors import Caller, entry_for
from ..queries.wire import page_data
from . import http
from .http import Receive, Scope, Send


async def handle(scope: Scope, receive: Receive, send: Send, match: Any) -> None:
    """Answer with the same JSON that the page carries."""
    caller = http.caller_of(scope)
    try:
        await http.respond(send, await look_up(partial(_page, int(match["board"]), caller)))
    except http.FORESEEN as error:
        await http.refuse(send, error, http.language_of(caller))


def _page(board_id: int, caller: Caller) -> dict[str, Any]:
    now = timezone.now()
    return page_data(entry_for(caller, board_id, "view", now), now)
