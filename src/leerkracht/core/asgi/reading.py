"""Look things up in the database from the event loop, on a few threads that keep their connections."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import close_old_connections

Found = TypeVar("Found")
THREADS = 2
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="reading")


async def look_up(query: Callable[[], Found]) -> Found:
    """Run ``query`` outside the loop and return what it found; its exceptions come through."""
    return await asyncio.get_running_loop().run_in_executor(_pool, _run, query)


def _run(query: Callable[[], Found]) -> Found:
    close_old_connections()
    return query()
