"""Look things up in the database from the event loop, on a few threads that keep their connections."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.db import close_old_connections

from leerkracht.core.asgi.inline import outside_loop

Found = TypeVar("Found")
THREADS = 2
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="reading")
_inline = False


async def look_up(query: Callable[[], Found]) -> Found:
    """Run ``query`` outside the loop and return what it found; its exceptions come through."""
    if _inline:
        with outside_loop():
            return query()
    return await asyncio.get_running_loop().run_in_executor(_pool, _run, query)


@contextmanager
def inline() -> Iterator[None]:
    """For tests: look up at once, in the caller's own thread and transaction."""
    global _inline
    _inline = True
    try:
        yield
    finally:
        _inline = False


def _run(query: Callable[[], Found]) -> Found:
    close_old_connections()
    return query()
