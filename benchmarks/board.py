"""The rows on boards of the budgets: what a board costs, beside the least it could cost on this machine now.

    uv run python benchmarks/board.py [--streams 2000] [--quick]

CPU is user and system time of the whole server side divided by finished work; it holds on a busy machine better than
times do. Nothing is asserted: read a row beside its floor.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import floor
import pages
from load import Busy, Colleague, Taken, Watchers, hello, measured, operate, quietest
from rich.console import Console
from rich.table import Table

from leerkracht.config.fault.board import prepare
from leerkracht.config.fault.servers import Server, free_port
from leerkracht.config.fault.wire import Line

PEOPLE, WATCHING, GROUP = 32, 20, 10
FIRST_VISIT = "≤ 100 kB, ≤ 10 requests, no other host"
FDS_FOR_ITSELF = 400
say = Console(stderr=True).print


class Bench:
    """The product and the floor, both serving, and the rows measured so far."""

    def __init__(self, home: Path, options: argparse.Namespace) -> None:
        self.options, self.home = options, home
        self.rows: list[tuple[str, str, str, str]] = []

    @contextmanager
    def product(self, *, cards: int, boards: int = 1) -> Iterator[tuple[dict[str, Any], Server]]:
        with tempfile.TemporaryDirectory(prefix="lk-bench-") as folder:
            scene, server = prepare(Path(folder), "", people=PEOPLE, cards=cards, boards=boards, say=say)
            server.start()
            try:
                yield scene, server
            finally:
                server.stop()

    @contextmanager
    def floor(self) -> Iterator[Server]:
        port = free_port()
        command = (
            *(sys.executable, "-m", "granian", "floor:app", "--interface", "asgi", "--loop", "uvloop"),
            *("--workers", "1", "--no-ws", "--backlog", "4096", "--backpressure", "60000"),
            *("--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"),
        )
        here = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
        server = Server(self.home, port, here, command=command)
        server.start()
        try:
            yield server
        finally:
            server.stop()

    def row(self, work: str, measured: str, beside: str, to_reach: str) -> None:
        self.rows.append((work, measured, beside, to_reach))
        say(f"{work}: {measured}   [dim]floor: {beside}; to reach: {to_reach}[/dim]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=2000, help="how many live streams to hold open (default 2000)")
    parser.add_argument("--quick", action="store_true", help="a quarter of the work, for a look")
    options = parser.parse_args()
    # So that every number of a run belongs to one machine state, the floor is measured at the same moment.
    with tempfile.TemporaryDirectory(prefix="lk-floor-") as folder:
        bench, busy = Bench(Path(folder), options), Busy()
        with bench.product(cards=100) as (scene, server), bench.floor() as bottom:
            asyncio.run(_page(bench, scene, server))
            _browser(bench, scene, server)
            asyncio.run(_operations(bench, scene, server, bottom))
        with bench.product(cards=500) as (scene, server):
            asyncio.run(_page_500(bench, scene, server))
            _browser_500(bench, scene, server)
        asyncio.run(_streams(bench))
    _print(bench, busy.words())


async def _operations(bench: Bench, scene: dict[str, Any], server: Server, bottom: Server) -> None:
    count = 100 if bench.options.quick else 400
    commit_cpu, commit_ms = floor.commits(bench.home)
    async with Line(bottom.port) as below, Line(server.port, scene["cookies"][0]) as line:
        colleague = Colleague(scene, 0)
        await colleague.begin(line)
        await hello(below, Taken(), 50)
        await colleague.work(line, Taken(), 50)
        least = await quietest(bottom, lambda taken: hello(below, taken, count * 2))
        alone = await quietest(server, lambda taken: colleague.work(line, taken, count))
    bench.row(
        "board operation, durable, 1 client",
        f"{alone.cpu_ms:.2f} CPU-ms, p50 {alone.percentile_ms(0.5):.1f} ms",
        f"hello {least.cpu_ms:.2f} CPU-ms, sqlite commit {commit_cpu:.2f} CPU-ms ({commit_ms:.2f} ms)",
        "≤ 3 CPU-ms",
    )
    together = await _together(scene, server, count // 10)
    least = await _hello_together(bottom, count // 2)
    bench.row(
        f"board operations, {PEOPLE} people on one board",
        f"{together.refused} refused, {together.per_second:.0f}/s, p99 {together.percentile_ms(0.99):.0f} ms, "
        f"{together.cpu_ms:.2f} CPU-ms",
        f"hello {least.per_second:.0f}/s, p99 {least.percentile_ms(0.99):.1f} ms",
        "none refused, ≥ 300/s, p99 ≤ 150 ms",
    )
    await _watchers(bench, scene, server, bottom)


async def _together(scene: dict[str, Any], server: Server, each: int) -> Taken:
    lines = [Line(server.port, cookies) for cookies in scene["cookies"]]
    people = [Colleague(scene, number) for number in range(PEOPLE)]
    section = scene["sections"]["PARKED"]
    for person, line in zip(people, lines, strict=True):
        payload = {"id": person.card, "section": section, "text": "Een kaart"}
        await operate(line, scene["board"], {"id": str(uuid4()), "kind": "note.add", "payload": payload})

    async def all_at_once(taken: Taken) -> None:
        await asyncio.gather(*(p.work(line, taken, each) for p, line in zip(people, lines, strict=True)))

    await all_at_once(Taken())
    taken = await quietest(server, all_at_once)
    for line in lines:
        await line.hang_up()
    return taken


async def _hello_together(bottom: Server, each: int) -> Taken:
    lines = [Line(bottom.port) for _number in range(PEOPLE)]
    taken = await measured(bottom, lambda t: asyncio.gather(*(hello(line, t, each) for line in lines)))
    for line in lines:
        await line.hang_up()
    return taken


async def _watchers(bench: Bench, scene: dict[str, Any], server: Server, bottom: Server) -> None:
    count = 40 if bench.options.quick else 150
    watchers = Watchers()
    after = await _length(scene, server)
    for number in range(WATCHING):
        cookies = scene["cookies"][number % PEOPLE]
        await watchers.open(Line(server.port, cookies), f"/live/boards/{scene['board']}?after={after}")
    sent: dict[bytes, float] = {}
    async with Line(server.port, scene["cookies"][0]) as line:
        for number in range(count):
            key = str(uuid4())
            payload = {"id": str(uuid4()), "section": scene["sections"]["PARKED"], "text": f"Gezien {number}"}
            sent[key.encode()] = time.perf_counter()
            await operate(line, scene["board"], {"id": key, "kind": "note.add", "payload": payload})
            await asyncio.sleep(0.04)
    await asyncio.sleep(0.5)
    await watchers.close()
    delays, least = Taken(times=watchers.delays(sent)), await _floor_watchers(bottom, count)
    bench.row(
        f"seen by {WATCHING} watchers, from sending",
        f"p50 {delays.percentile_ms(0.5):.1f}, p95 {delays.percentile_ms(0.95):.1f} ms, "
        f"{len(delays.times)} of {count * WATCHING} delivered",
        f"the same without a board: p95 {least.percentile_ms(0.95):.1f} ms",
        "p95 ≤ 20 ms, all delivered",
    )


async def _length(scene: dict[str, Any], server: Server) -> int:
    """How many lines the log has, from the answer to one more."""
    async with Line(server.port, scene["cookies"][0]) as line:
        payload = {"id": str(uuid4()), "section": scene["sections"]["PARKED"], "text": "Nog een"}
        asked = {"id": str(uuid4()), "kind": "note.add", "payload": payload}
        _status, answer = await line.post(f"/api/boards/{scene['board']}/operations", {"operations": [asked]})
        return int(answer["seq"])


async def _floor_watchers(bottom: Server, count: int) -> Taken:
    watchers = Watchers()
    for _number in range(WATCHING):
        await watchers.open(Line(bottom.port), "/stream")
    sent: dict[bytes, float] = {}
    async with Line(bottom.port) as line:
        for _time in range(count):
            key = str(uuid4())
            sent[key.encode()] = time.perf_counter()
            await line.post("/tell", {"id": key})
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    await watchers.close()
    return Taken(times=watchers.delays(sent))


async def _get(server: Server, scene: dict[str, Any], path: str, count: int) -> tuple[Taken, int]:
    """Ask a page ``count`` times as a browser does (compressed); return the times and the bytes of one body."""
    size = 0
    async with Line(server.port, scene["cookies"][0]) as line:

        async def work(taken: Taken) -> None:
            nonlocal size
            for _time in range(count):
                started = time.perf_counter()
                status, _headers, body = await line.get(path, {"Accept-Encoding": "gzip"})
                taken.times.append(time.perf_counter() - started)
                taken.refused += status != 200
                size = len(body)

        await work(Taken())
        return await quietest(server, work), size


async def _page(bench: Bench, scene: dict[str, Any], server: Server) -> None:
    count = 20 if bench.options.quick else 60
    taken, size = await _get(server, scene, f"/boards/{scene['board']}/", count)
    health, _size = await _get(server, scene, "/healthz", count * 4)
    bench.row(
        "board page, 100 cards",
        f"{taken.cpu_ms:.1f} CPU-ms, {size / 1000:.0f} kB, {taken.refused} not served",
        f"/healthz {health.cpu_ms:.2f} CPU-ms",
        "≤ 10 CPU-ms, ≤ 60 kB",
    )


def _browser(bench: Bench, scene: dict[str, Any], server: Server) -> None:
    base = f"http://127.0.0.1:{server.port}"
    board = f"{base}/boards/{scene['board']}/"
    try:
        with pages.browser() as chromium:
            door = pages.visit(chromium.new_context().new_page(), f"{base}/")
            cold = pages.visit(pages.signed_in(chromium, base, scene["cookies"][0]).new_page(), board)
            page = pages.signed_in(chromium, base, scene["cookies"][0]).new_page()
            home, warm, again = (pages.visit(page, url) for url in (f"{base}/", board, board))
    except pages.NoBrowser as error:
        bench.row("first visit / next page", f"not measured: {error}", "–", "≤ 100 / ≤ 30 kB")
        return
    for name, told, to_reach in (
        ("first visit: the door, signed out", door, FIRST_VISIT),
        ("first visit: home, signed in", home, FIRST_VISIT),
        ("first visit: board of 100 cards", cold, f"{FIRST_VISIT}; ≤ 1,500 elements"),
        ("next page: home to board", warm, "≤ 30 kB"),
        ("next page: the board again", again, "≤ 30 kB"),
    ):
        bench.row(
            name,
            f"{told.kb:.0f} kB, {told.requests} requests, {len(told.hosts)} host, {told.elements} elements, "
            f"{told.seconds * 1000:.0f} ms",
            "–",
            to_reach,
        )


async def _page_500(bench: Bench, scene: dict[str, Any], server: Server) -> None:
    taken, size = await _get(server, scene, f"/boards/{scene['board']}/", 10 if bench.options.quick else 20)
    bench.row(
        "board page, 500 cards, served",
        f"p50 {taken.percentile_ms(0.5):.0f} ms, {taken.cpu_ms:.0f} CPU-ms, {size / 1000:.0f} kB",
        "–",
        "open < 1 s",
    )


def _browser_500(bench: Bench, scene: dict[str, Any], server: Server) -> None:
    base = f"http://127.0.0.1:{server.port}"
    try:
        with pages.browser() as chromium:
            page = pages.signed_in(chromium, base, scene["cookies"][0]).new_page()
            told = [pages.visit(page, f"{base}/boards/{scene['board']}/") for _time in range(5)]
    except pages.NoBrowser:
        return
    seconds = statistics.median(v.seconds for v in told)
    bench.row("board page, 500 cards, open in a browser", f"{seconds:.2f} s, {told[0].elements} elements", "–", "< 1 s")


async def _streams(bench: Bench) -> None:
    """As many streams as asked for and as the limit on open files lets one client hold; ten on a board."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    wanted = min(bench.options.streams, limit - FDS_FOR_ITSELF)
    wanted = min(wanted, 500) if bench.options.quick else wanted
    boards = max(1, wanted // GROUP)
    with bench.product(cards=0, boards=boards) as (scene, server):
        before, watchers = server.memory_kb(), Watchers()
        opening = asyncio.Semaphore(32)

        async def one(number: int) -> None:
            async with opening:
                path = f"/live/boards/{scene['boards'][number % boards]}?after=1"
                await watchers.open(Line(server.port, scene["cookies"][0]), path)

        started = time.perf_counter()
        await asyncio.gather(*(one(number) for number in range(boards * GROUP)))
        opened = time.perf_counter() - started
        each_kb = (server.memory_kb() - before) / (boards * GROUP)
        sent, cpu = await _one_a_second(scene, server, 5 if bench.options.quick else 10)
        await asyncio.sleep(1.0)
        await watchers.close()
    delays = Taken(times=watchers.delays(sent))
    bench.row(
        f"open live streams: {boards * GROUP:,} (scaled; limit on open files {limit:,})",
        f"p50 {delays.percentile_ms(0.5):.0f}, p99 {delays.percentile_ms(0.99):.0f} ms, {each_kb:.0f} kB each, "
        f"{len(delays.times)} of {len(sent) * GROUP} delivered, server {cpu:.0%} of a core; "
        f"opened {boards * GROUP / opened:.0f}/s",
        "raw stream 14-32 kB each (tech spike)",
        "19,500 at p99 ≤ 250 ms, ≤ 40 kB each",
    )


async def _one_a_second(scene: dict[str, Any], server: Server, seconds: int) -> tuple[dict[bytes, float], float]:
    """One operation a second on every board, spread over the second; return when each was sent, and the CPU share."""
    sent: dict[bytes, float] = {}
    boards = scene["boards"]
    lines = [Line(server.port, scene["cookies"][0]) for _number in range(16)]

    async def some(line: Line, mine: list[int]) -> None:
        for _second in range(seconds):
            begun = time.perf_counter()
            for place, board in enumerate(mine):
                await asyncio.sleep(max(0.0, begun + place / len(mine) - time.perf_counter()))
                key = str(uuid4())
                sent[key.encode()] = time.perf_counter()
                payload = {"id": str(uuid4()), "date": "2027-01-05"}
                await operate(line, board, {"id": key, "kind": "session.plan", "payload": payload})
            await asyncio.sleep(max(0.0, begun + 1.0 - time.perf_counter()))

    cpu, started = server.cpu_seconds(), time.perf_counter()
    await asyncio.gather(
        *(some(line, boards[n :: len(lines)]) for n, line in enumerate(lines) if boards[n :: len(lines)])
    )
    share = (server.cpu_seconds() - cpu) / (time.perf_counter() - started)
    for line in lines:
        await line.hang_up()
    return sent, share


def _print(bench: Bench, busy: str) -> None:
    table = Table(title="Boards", caption=busy, show_lines=True)
    for name in ("work", "measured", "floor in this run", "to reach"):
        table.add_column(name, overflow="fold")
    for row in bench.rows:
        table.add_row(*row)
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
