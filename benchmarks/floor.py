"""The floor: the least that a server and a disk must do, measured in the same run as the product.

As an ASGI application (``floor:app``) it answers a word, and streams what is posted to ``/tell``.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

HELLO = b'{"status":"ok"}'
watchers: set[asyncio.Queue[bytes]] = set()

Send = Callable[[dict[str, Any]], Awaitable[None]]


async def app(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["path"] == "/stream":
        await _stream(send)
    else:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        if scope["path"] == "/tell":
            for queue in watchers:
                queue.put_nowait(b"data: %s\n\n" % body)
        await _say(send)


async def _live(receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    while (kind := (await receive())["type"]) != "lifespan.shutdown":
        await send({"type": f"{kind}.complete"})
    await send({"type": "lifespan.shutdown.complete"})


async def _say(send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(HELLO)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": HELLO})


async def _stream(send: Send) -> None:
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    watchers.add(queue)
    try:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
        await send({"type": "http.response.body", "body": b": \n\n", "more_body": True})
        while True:
            await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})
    finally:
        watchers.discard(queue)


def commits(folder: Path, count: int = 300) -> tuple[float, float]:
    """Insert one row per durable commit with plain sqlite3; return CPU-ms and ms per commit."""
    database = sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, payload BLOB)")
    cpu, wall = time.process_time(), time.perf_counter()
    for _time in range(count):
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO line (payload) VALUES (?)", (b"x" * 300,))
        database.execute("COMMIT")
    done = (time.process_time() - cpu, time.perf_counter() - wall)
    database.close()
    return done[0] / count * 1000, done[1] / count * 1000
