"""Answers of the pages where an address is typed leave on a beat: their time tells nothing of who is known.

The wait is in the event loop, so it holds no thread.
"""

from __future__ import annotations

import asyncio
import math

from leerkracht.core.asgi.router import Message, Send

SECONDS = 0.1
# Forms by the beginning of their path: sign in, register, type a code, say yes to an invitation.
EVEN = ("/account/", "/invitation/")


def is_even(method: str, path: str) -> bool:
    return method == "POST" and path.startswith(EVEN)


def even(send: Send, began: float) -> Send:
    """Return a ``send`` that holds the beginning of an answer until the next beat after ``began``."""

    async def later(message: Message) -> None:
        if message["type"] == "http.response.start":
            passed = asyncio.get_running_loop().time() - began
            await asyncio.sleep(rest_of_beat(passed))
        await send(message)

    return later


def rest_of_beat(passed: float) -> float:
    """Return how long to wait when ``passed`` seconds have gone: to the next whole beat, at least one."""
    return max(1, math.ceil(passed / SECONDS)) * SECONDS - passed
