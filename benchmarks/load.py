"""Work for a server, and how long it took: in wall time at the client, in CPU time at the server."""

from __future__ import annotations

import asyncio
import os
import platform
import re
import resource
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from leerkracht.config.fault.servers import Server
from leerkracht.config.fault.wire import Line

UUID = re.compile(rb"\"id\": ?\"([0-9a-f-]{36})\"")


@dataclass
class Taken:
    """Times of finished requests in seconds, and the CPU seconds that the whole server side used for them."""

    cpu: float = 0.0
    wall: float = 0.0
    times: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def cpu_ms(self) -> float:
        return self.cpu / max(1, len(self.times)) * 1000

    @property
    def per_second(self) -> float:
        return len(self.times) / self.wall if self.wall else 0.0

    def percentile_ms(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


async def measured(server: Server, work: Callable[[Taken], Awaitable[object]]) -> Taken:
    taken = Taken()
    cpu, wall = server.cpu_seconds(), time.perf_counter()
    await work(taken)
    taken.cpu, taken.wall = server.cpu_seconds() - cpu, time.perf_counter() - wall
    return taken


async def quietest(server: Server, work: Callable[[Taken], Awaitable[object]], times: int = 3) -> Taken:
    """Do ``work`` three times and keep the time that cost least: other work on the machine only ever adds."""
    tries = [await measured(server, work) for _time in range(times)]
    return min(tries, key=lambda taken: taken.cpu_ms)


class Busy:
    """How much of the machine went to others since this was made."""

    def __init__(self) -> None:
        self.since, self.machine, self.ours = time.perf_counter(), _machine(), _ours()

    def words(self) -> str:
        seconds = time.perf_counter() - self.since
        others = max(0.0, (_machine() - self.machine) - (_ours() - self.ours)) / seconds
        return f"{os.cpu_count()} cores; other work took {others:.2f} of them meanwhile. {platform.platform()}"


def _machine() -> float:
    """CPU seconds that the machine was not idle."""
    user, nice, system, _idle, _waiting, *rest = (
        int(n) for n in Path("/proc/stat").read_text().split("\n")[0].split()[1:]
    )
    return (user + nice + system + sum(rest[:2])) / os.sysconf("SC_CLK_TCK")


def _ours() -> float:
    """CPU seconds of this process and the servers it ended."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


async def hello(line: Line, taken: Taken, count: int) -> None:
    """Ask the floor ``count`` times."""
    for _time in range(count):
        started = time.perf_counter()
        await line.post("/", {})
        taken.times.append(time.perf_counter() - started)


class Colleague:
    """Somebody who edits and moves the cards of a board, over one connection."""

    def __init__(self, scene: dict[str, Any], number: int) -> None:
        self.scene, self.person = scene, scene["people"][number]
        self.card = str(uuid4())

    async def begin(self, line: Line, board: int | None = None) -> None:
        """Hang a card of one's own: a note in a section made for it, so that any board will do."""
        section = str(uuid4())
        await self._ask(line, board, "section.add", id=section, title="Proef")
        await self._ask(line, board, "note.add", id=self.card, section=section, text="Een kaart")

    async def work(self, line: Line, taken: Taken, count: int, board: int | None = None) -> None:
        for number in range(count):
            started = time.perf_counter()
            status = await self._ask(line, board, "note.edit", id=self.card, text=f"Een kaart, keer {number}")
            taken.times.append(time.perf_counter() - started)
            taken.refused += status != "APPLIED"

    async def _ask(self, line: Line, board: int | None, kind: str, **payload: Any) -> str:
        return await operate(line, board or self.scene["board"], {"id": str(uuid4()), "kind": kind, "payload": payload})


async def operate(line: Line, board: int, operation: dict[str, Any]) -> str:
    """Send one operation and return what became of it."""
    status, answer = await line.post(f"/api/boards/{board}/operations", {"operations": [operation]})
    return str(answer["results"][0]["status"]) if status == 200 else f"HTTP {status}"


class Watchers:
    """Open streams that note when each event was seen."""

    def __init__(self) -> None:
        self.seen: list[tuple[bytes, float]] = []
        self.lines: list[Line] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def open(self, line: Line, path: str) -> None:
        await line.send("GET", path, b"")
        status, _headers = await line.head()
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        await line.chunk()
        self.lines.append(line)
        self.tasks.append(asyncio.ensure_future(self._read(line)))

    async def _read(self, line: Line) -> None:
        while part := await line.chunk():
            now = time.perf_counter()
            self.seen += [(key, now) for event in part.split(b"\n\n") for key in UUID.findall(event)[:1]]

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for line in self.lines:
            await line.hang_up()

    def delays(self, sent: dict[bytes, float]) -> list[float]:
        """Seconds from sending an operation to each time a screen saw it."""
        return [seen - sent[key] for key, seen in self.seen if key in sent]
