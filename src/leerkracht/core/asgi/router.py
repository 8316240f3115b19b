"""The hot paths: few addresses, answered in the event loop without Django's request handler.

A room registers its own in ``<room>.asgi.register()``, which ``config.asgi`` calls when the server starts. Such a
handler does its own sign-in check, never touches the database in the event loop (``writer.submit`` for writes,
``reading.look_up`` for reads) and answers by itself.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Handler = Callable[[Scope, Receive, Send, re.Match[str]], Awaitable[None]]


@dataclass(frozen=True)
class Route:
    """One hot path; ``pattern`` matches the whole path."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler


HOT: list[Route] = []
# What a room keeps running beside its hot paths; called once, when the server starts.
STARTERS: list[Callable[[], None]] = []


def add(method: str, regex: str, handler: Handler) -> None:
    """Answer ``method`` on paths that match ``regex`` with ``handler``; Django keeps every other method and path."""
    route = Route(method=method, pattern=re.compile(regex), handler=handler)
    taken = {(known.method, known.pattern.pattern) for known in HOT}
    if (route.method, route.pattern.pattern) in taken:
        raise ValueError(f"{method} {regex} is registered twice")
    HOT.append(route)


def find(method: str, path: str) -> tuple[Handler, re.Match[str]] | None:
    """Return the handler for this request and its match, or None when Django answers."""
    for route in HOT:
        if route.method == method and (match := route.pattern.fullmatch(path)):
            return route.handler, match
    return None
