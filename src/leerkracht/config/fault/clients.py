"""Devices on a bad network: they drop, repeat and reorder, and remember every word the server said."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from .wire import Line

PATIENCE_SECONDS = 15.0
PAUSE_SECONDS = 0.05
TEXTS = ("Drie sommen kiezen", "Samen een les ontwerpen", "Bij elkaar kijken", "Startopdracht klaarleggen", "Opruimen")
BROKEN = (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError, ValueError)


@dataclass(frozen=True)
class Habits:
    """How often a device hangs up before the answer, sends again what was answered, or mixes the order; shares."""

    drops: float = 0.12
    repeats: float = 0.12
    mixes: float = 0.15
    changes_ids: bool = False


@dataclass
class Known:
    """What a device was told about one operation: every status and place, in the order they came."""

    operation: dict[str, Any]
    ids: list[str]
    answers: list[tuple[str, int | None]] = field(default_factory=list)
    attempts: int = 0

    @property
    def is_acknowledged(self) -> bool:
        return any(status != "REFUSED" for status, _seq in self.answers)


class Device:
    """One phone or laptop that does ``count`` things on the board, whatever happens to the line."""

    def __init__(self, *, number: int, seed: int, scene: dict[str, Any], habits: Habits) -> None:
        self.chance = Random(f"{seed}/{number}")
        self.scene, self.habits, self.number = scene, habits, number
        self.person = scene["people"][number % len(scene["people"])]
        self.cookies = scene["cookies"][number % len(scene["cookies"])]
        self.cards: list[tuple[str, str]] = []
        self.done: list[Known] = []

    async def work(self, port: int, count: int) -> None:
        """Send ``count`` operations, a few at a time, each until it is answered."""
        async with Line(port, self.cookies) as line:
            asked = self._operations(count)
            while batch := [
                Known(op, [op["id"]]) for _n, op in zip(range(self.chance.randint(1, 4)), asked, strict=False)
            ]:
                self.done += batch
                await self._send_until_answered(line, batch)
                if self.done and self.chance.random() < self.habits.repeats:
                    await self._repeat(line)

    async def _send_until_answered(self, line: Line, batch: list[Known]) -> None:
        waiting = list(batch)
        while waiting:
            if len(waiting) > 1 and self.chance.random() < self.habits.mixes:
                self.chance.shuffle(waiting)
            await self._send(line, waiting, may_drop=True)
            waiting = [known for known in waiting if not known.answers]
            if self.habits.changes_ids:
                for known in waiting:
                    self._disguise(known)

    def _disguise(self, known: Known) -> None:
        """The fault to be caught: a retry that looks like something new."""
        known.ids.append(self._key())
        if known.operation["kind"].endswith(".add"):
            known.operation["payload"] = {**known.operation["payload"], "id": self._key()}

    async def _repeat(self, line: Line) -> None:
        """Send something again that was answered long ago, as a device does that lost its memory of the answer."""
        chosen = [self.chance.choice(self.done) for _time in range(self.chance.randint(1, 3))]
        await self._send(line, list({id(known): known for known in chosen}.values()), may_drop=False)

    async def _send(self, line: Line, batch: list[Known], *, may_drop: bool) -> None:
        for known in batch:
            known.attempts += 1
        content = {"operations": [{**known.operation, "id": known.ids[-1]} for known in batch]}
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if may_drop and self.chance.random() < self.habits.drops:
                    await self._drop(line, content)
                    return
                status, answer = await line.post(f"/api/boards/{self.scene['board']}/operations", content)
        except BROKEN:
            await line.hang_up()
            await asyncio.sleep(PAUSE_SECONDS)
            return
        if status >= 500:
            await asyncio.sleep(PAUSE_SECONDS)
            return
        if status != 200:
            raise RuntimeError(f"the server said {status}: {answer}")
        for known, told in zip(batch, answer["results"], strict=True):
            known.answers.append((told["status"], told["seq"]))

    async def _drop(self, line: Line, content: dict[str, Any]) -> None:
        """Send and hang up at some moment before the answer can be read."""
        await line.hang_up()
        await line.send("POST", f"/api/boards/{self.scene['board']}/operations", line.encoded(content))
        await asyncio.sleep(self.chance.choice((0.0, 0.002, 0.02)))
        await line.hang_up()

    def _operations(self, count: int) -> Iterator[dict[str, Any]]:
        """New cards mostly, and changes of cards this device made."""
        for _time in range(count):
            kind = self.chance.choice(("note.add", "note.add", "action.add", "change", "change"))
            if kind == "change" and self.cards:
                yield self._change(*self.chance.choice(self.cards))
            else:
                yield self._new_action() if kind == "action.add" else self._new_note()

    def _new_note(self) -> dict[str, Any]:
        card, section = self._key(), self.scene["sections"][self.chance.choice(("PARKED", "PLANNING", "SUCCESSES"))]
        self.cards.append(("note", card))
        return self._asked("note.add", id=card, section=section, text=self._text())

    def _new_action(self) -> dict[str, Any]:
        card, due = self._key(), date.today() + timedelta(days=self.chance.randint(1, 14))
        self.cards.append(("action", card))
        return self._asked("action.add", id=card, text=self._text(), owner=self.person, due_date=due.isoformat())

    def _change(self, about: str, card: str) -> dict[str, Any]:
        if about == "action" and self.chance.random() < 0.3:
            return self._asked("action.done", id=card)
        return self._asked(f"{about}.edit", id=card, text=self._text())

    def _asked(self, kind: str, **payload: Any) -> dict[str, Any]:
        return {"id": self._key(), "kind": kind, "payload": payload}

    def _text(self) -> str:
        return f"{self.chance.choice(TEXTS)} {self.number}-{self.chance.randint(1, 10**6)}"

    def _key(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))
