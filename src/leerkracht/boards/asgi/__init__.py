"""The hot paths of a board, in the event loop beside Django: operations, check-in, state and the live stream."""

from __future__ import annotations

from leerkracht.core.asgi import router

from . import check_in, live, operations, relay, state


def register() -> None:
    """Put the hot paths on the router; called once when the server starts."""
    router.add("POST", r"/api/boards/(?P<board>\d{1,18})/operations", operations.handle)
    router.add("POST", r"/api/boards/(?P<board>\d{1,18})/check-in", check_in.handle)
    router.add("GET", r"/api/boards/(?P<board>\d{1,18})/state", state.handle)
    router.add("GET", r"/live/boards/(?P<board>\d{1,18})", live.handle)
    router.STARTERS.append(relay.start)
