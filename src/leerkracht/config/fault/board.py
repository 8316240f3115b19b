"""The trial of the board: devices on a bad network, a server that is killed, and a count afterwards."""

from __future__ import annotations

import asyncio
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from . import postgres
from .clients import Device, Habits
from .servers import COMMAND, Server, free_port, surroundings

LONGEST_SECONDS = 3600.0


@dataclass(frozen=True)
class Plan:
    """What a trial does; ``breaks_idempotency`` makes the devices retry under a new id, which must be caught."""

    clients: int = 3
    ops: int = 2000
    kills: int = 10
    database: str = "sqlite"
    seed: int = 1
    breaks_idempotency: bool = False


@dataclass(frozen=True)
class Report:
    """What came of it; ``ok`` when every acknowledged operation is on the board exactly once."""

    clients: int
    ops: int
    acknowledged: int
    lost: int
    double: int
    mixed: int
    refused: int
    attempts: int
    kills: int
    seconds: float
    database: str
    seed: int
    wrong: list[str]
    ok: bool


class Failed(Exception):
    """A step of the trial itself did not work; the text says which."""


def run(plan: Plan, say: Callable[[str], None]) -> Report:
    """Do the whole trial on data of its own and return what came of it."""
    started = time.monotonic()
    with _database(plan.database) as url, tempfile.TemporaryDirectory(prefix="lk-fault-") as folder:
        scene, server = prepare(Path(folder), url, people=plan.clients, cards=0, say=say)
        try:
            server.start()
            devices = asyncio.run(_play(plan, scene, server, say))
        finally:
            server.stop()
        verdict = _verdict(server, scene, devices)
    return Report(
        clients=plan.clients,
        ops=plan.ops,
        attempts=sum(known.attempts for device in devices for known in device.done),
        kills=plan.kills,
        seconds=round(time.monotonic() - started, 1),
        database=plan.database,
        seed=plan.seed,
        **verdict,
    )


def prepare(
    home: Path, url: str, *, people: int, cards: int, boards: int = 1, say: Callable[[str], None]
) -> tuple[dict[str, Any], Server]:
    """Make an installation with a board in ``home``; return its scene and a server that has not started."""
    port = free_port()
    environment = surroundings(home, port, url)
    say("Preparing an installation of its own …")
    _leerkracht({**environment, "LEERKRACHT_DEMO": "no"}, "prepare")
    words = ("fault", "stage", "--people", str(people), "--cards", str(cards), "--boards", str(boards))
    scene: dict[str, Any] = json.loads(_leerkracht(environment, *words))
    return scene, Server(home, port, environment)


async def _play(plan: Plan, scene: dict[str, Any], server: Server, say: Callable[[str], None]) -> list[Device]:
    habits = Habits(changes_ids=plan.breaks_idempotency)
    devices = [Device(number=n, seed=plan.seed, scene=scene, habits=habits) for n in range(plan.clients)]
    shares = [plan.ops // plan.clients + (n < plan.ops % plan.clients) for n in range(plan.clients)]
    work = [asyncio.ensure_future(d.work(server.port, share)) for d, share in zip(devices, shares, strict=True)]
    killing = asyncio.ensure_future(_kill(plan, server, devices, say))
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            await asyncio.gather(*work, killing)
    except TimeoutError as error:
        raise Failed(f"the devices were not done after {LONGEST_SECONDS:.0f} s") from error
    finally:
        for task in (*work, killing):
            task.cancel()
    return devices


async def _kill(plan: Plan, server: Server, devices: list[Device], say: Callable[[str], None]) -> None:
    """Kill the server at random moments, spread over the work, and start it again each time."""
    chance = Random(f"{plan.seed}/kill")
    moments = sorted(chance.uniform(0.02, 0.95) * plan.ops for _time in range(plan.kills))
    for number, moment in enumerate(moments, start=1):
        while sum(len(device.done) for device in devices) < moment:
            await asyncio.sleep(0.01)
        await asyncio.sleep(chance.uniform(0.0, 0.05))
        server.kill()
        await asyncio.to_thread(server.start)
        say(f"Killed and started again: {number} of {plan.kills}, after about {moment:.0f} operations")


def _verdict(server: Server, scene: dict[str, Any], devices: list[Device]) -> dict[str, Any]:
    """Ask a process of the installation itself to compare the board with what the devices were told."""
    journal = server.home / "journal.json"
    told = [{"ids": k.ids, "answers": k.answers} for device in devices for k in device.done]
    journal.write_text(json.dumps(told))
    words = ("fault", "check", "--board", str(scene["board"]), "--journal", str(journal))
    verdict: dict[str, Any] = json.loads(_leerkracht(server.environment, *words))
    return verdict


def _leerkracht(environment: Any, *words: str) -> str:
    done = subprocess.run([*COMMAND, *words], env=dict(environment), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"leerkracht {' '.join(words[:2])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    with postgres.cluster() as url:
        yield url


def as_json(report: Report) -> str:
    return json.dumps(asdict(report))
