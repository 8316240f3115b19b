"""Durable small writes in groups: one thread, one transaction per group, an answer only after its COMMIT.

Each callable runs in a savepoint of its own, so that a failing one takes nobody with it. When the COMMIT itself fails
nobody is told that their write stands. Why: ``docs/decisions/0004-django-behind-one-asgi-process.md``.
"""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, transaction
from django.db.utils import Error as DatabaseError

from leerkracht.core.asgi.inline import outside_loop

T = TypeVar("T")
Work = Callable[[], T]

MAX_GROUP = 64
IDLE_SECONDS = 5.0  # after this much silence the connection is checked before use: the server may have restarted

log = logging.getLogger("leerkracht.writer")


class WriterClosed(RuntimeError):
    """The process is stopping; nothing was written."""


class Undone(DatabaseError):
    """A write gave up halfway without saying so; its savepoint was rolled back."""


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What became of one piece of work: its value, or why it does not stand."""

    value: T | None = None
    error: BaseException | None = None


@dataclass(frozen=True)
class Job:
    work: Work[Any]
    settle: Callable[[Outcome[Any]], None]
    loop: asyncio.AbstractEventLoop | None = None


def commit_group(works: Sequence[Work[Any]], *, using: str = "default") -> list[Outcome[Any]]:
    """Run ``works`` in one transaction and return what became of each, in order; no exception leaves this function."""
    connection = connections[using]
    committed: list[bool] = []
    outcomes: list[Outcome[Any]] = []
    try:
        with transaction.atomic(using=using):
            transaction.on_commit(lambda: committed.append(True), using=using)
            outcomes = [_attempt(work, using) for work in works]
            if connection.needs_rollback:  # a savepoint could not be undone; Django would roll back in silence
                raise Undone("the whole group was rolled back")
            # One hook that fails must not silence the hooks of the others: robust hooks log and go on.
            hooks: list[Any] = connection.run_on_commit
            connection.run_on_commit = [(ids, hook, True) for ids, hook, _robust in hooks]  # type: ignore[misc]
    except Exception as error:
        if not committed:
            log.exception("A group of %d writes was not committed", len(works))
            return [Outcome(error=error)] * len(works)
        log.exception("Something failed after a group of %d writes was committed", len(works))
    return outcomes


def _attempt(work: Work[Any], using: str) -> Outcome[Any]:
    connection = connections[using]
    try:
        with transaction.atomic(using=using):
            value = work()
            if connection.needs_rollback:  # it swallowed a database error: its savepoint will be undone
                raise Undone("a database error inside the write was swallowed")
        return Outcome(value=value)
    except Exception as error:
        return Outcome(error=error)


class Writer:
    """A queue and the one thread that empties it."""

    def __init__(self, *, using: str = "default", max_group: int = MAX_GROUP) -> None:
        self.using = using
        self.max_group = max_group
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._inline = False
        self._last = 0.0

    def submit(self, work: Work[T]) -> asyncio.Future[T]:
        """Queue ``work`` from the event loop; the future is done after the COMMIT of its group, never before."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._put(Job(work, lambda outcome: _settle_async(future, outcome), loop))
        return future

    def run(self, work: Work[T]) -> T:
        """Queue ``work`` from plain code and wait for its COMMIT."""
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        self._put(Job(work, lambda outcome: _settle_sync(future, outcome)))
        return future.result()

    @contextmanager
    def inline(self) -> Iterator[None]:
        """For tests: do each write at once, in the caller's own thread and transaction."""
        self._inline = True
        try:
            yield
        finally:
            self._inline = False

    def close(self) -> None:
        """Finish what was queued and stop; later writes are refused."""
        with self._lock:
            self._closed = True
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def _put(self, job: Job) -> None:
        if self._inline:
            with outside_loop():
                [outcome] = commit_group([job.work], using=self.using)
            job.settle(outcome)
            return
        with self._lock:  # so that no job can slip in behind the closing mark
            if self._closed:
                raise WriterClosed("the server is stopping; nothing was written")
            self._queue.put(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        try:
            while (group := self._next_group()) is not None:
                _tell(group, self._commit(group))
        finally:
            connections[self.using].close()

    def _commit(self, group: list[Job]) -> list[Outcome[Any]]:
        try:
            self._refresh()
            return commit_group([job.work for job in group], using=self.using)
        except BaseException as error:  # whatever it is, this thread lives on and nobody waits for ever
            log.exception("A group of %d writes was not committed", len(group))
            return [Outcome(error=error)] * len(group)
        finally:
            self._last = time.monotonic()

    def _next_group(self) -> list[Job] | None:
        """Wait for one job, then take along what is waiting; None when closed."""
        first = self._queue.get()
        if first is None:
            return None
        group = [first]
        while len(group) < self.max_group:
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._queue.put(None)  # finish this group first
                break
            group.append(job)
        return group

    def _refresh(self) -> None:
        """Drop a connection that failed, or that may have died in silence; Django opens the next one by itself."""
        connection = connections[self.using]
        if connection.errors_occurred or time.monotonic() - self._last > IDLE_SECONDS:
            connection.close_if_unusable_or_obsolete()


def _tell(group: list[Job], outcomes: list[Outcome[Any]]) -> None:
    """Hand the outcomes out, with one call per event loop for the whole group."""
    by_loop: dict[asyncio.AbstractEventLoop | None, list[Callable[[], None]]] = {}
    for job, outcome in zip(group, outcomes, strict=True):
        by_loop.setdefault(job.loop, []).append(lambda job=job, outcome=outcome: job.settle(outcome))  # type: ignore[misc]
    for loop, calls in by_loop.items():
        try:
            _call_all(calls) if loop is None else loop.call_soon_threadsafe(_call_all, calls)
        except RuntimeError:  # the loop has ended; nobody waits any more, and the writes stand
            log.warning("%d writes were committed after their listeners had gone", len(calls))


def _call_all(calls: list[Callable[[], None]]) -> None:
    for call in calls:
        call()


def _settle_async(future: asyncio.Future[Any], outcome: Outcome[Any]) -> None:
    if future.done():  # the client went away
        return
    _settle_sync(future, outcome)


def _settle_sync(future: Any, outcome: Outcome[Any]) -> None:
    if outcome.error is not None:
        future.set_exception(outcome.error)
    else:
        future.set_result(outcome.value)


WRITER = Writer()
submit = WRITER.submit
run = WRITER.run
atexit.register(WRITER.close)
