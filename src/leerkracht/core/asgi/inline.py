"""For tests: let code that the event loop called use the caller's own database connection and transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def outside_loop() -> Iterator[None]:
    """Look, for the length of the block, as if no loop ran: Django gives a running loop connections of its own."""
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)
