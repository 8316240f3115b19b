"""Send what happened to every screen that watches: in this process at once, to other processes through the database."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterable

QUEUE_LENGTH = 256


class Watcher:
    """One open stream. A reader that falls too far behind is closed; it comes back and catches up by number."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.queue: asyncio.Queue[bytes | None] = asyncio.Queue(QUEUE_LENGTH)

    def offer(self, message: bytes | None) -> None:
        """Queue ``message`` (``None`` closes); runs in the watcher's own loop."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(None)
            return
        self.queue.put_nowait(message)


class Hub:
    """Topics and who watches them. ``publish`` may be called from any thread."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[Watcher]] = defaultdict(set)
        self._numbers: dict[str, int] = {}
        self._lock = threading.Lock()

    def watch(self, topic: str, loop: asyncio.AbstractEventLoop) -> Watcher:
        watcher = Watcher(loop)
        with self._lock:
            self._watchers[topic].add(watcher)
        return watcher

    def also(self, topic: str, watcher: Watcher) -> None:
        """Let ``watcher`` hear ``topic`` too."""
        with self._lock:
            self._watchers[topic].add(watcher)

    def leave(self, topic: str, watcher: Watcher) -> None:
        with self._lock:
            self._watchers[topic].discard(watcher)
            if not self._watchers[topic]:
                del self._watchers[topic]
                self._numbers.pop(topic, None)

    def topics(self) -> list[str]:
        with self._lock:
            return list(self._watchers)

    def watching(self, topic: str) -> int:
        """How many screens watch ``topic`` here."""
        with self._lock:
            return len(self._watchers.get(topic, ()))

    def number(self, topic: str) -> int | None:
        """The highest number published here while anybody watched; ``None`` when nothing was yet."""
        with self._lock:
            return self._numbers.get(topic)

    def publish(self, topic: str, messages: Iterable[bytes | None], *, number: int | None = None) -> None:
        """Hand ``messages`` to every watcher of ``topic``; ``None`` closes their streams.

        ``number`` is that of the last message, where messages are numbered.
        """
        with self._lock:
            watchers = list(self._watchers.get(topic, ()))
            if watchers and number is not None:
                self._numbers[topic] = max(number, self._numbers.get(topic, 0))
        if not watchers:
            return
        batch = list(messages)
        loops: dict[asyncio.AbstractEventLoop, list[Watcher]] = defaultdict(list)
        for watcher in watchers:
            loops[watcher.loop].append(watcher)
        for loop, theirs in loops.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_offer_all, theirs, batch)

    def close_all(self, topic: str) -> None:
        """Close every stream of ``topic``: rights changed; who still may, comes back by itself."""
        self.publish(topic, [None])


def _offer_all(watchers: list[Watcher], batch: list[bytes | None]) -> None:
    for watcher in watchers:
        for message in batch:
            watcher.offer(message)


hub = Hub()
