"""Hear of lines that another process wrote: on PostgreSQL by LISTEN, on SQLite by its data version.

This process tells its own screens at the commit; the relay only covers other nodes, the task worker and commands.
"""

from __future__ import annotations

import logging
import threading
import time

from django.db import connection

from leerkracht.core.live.hub import hub

from ..models import Board, Operation
from ..queries.state import changes_of, state_of
from ..rules.wire import CHANNEL, Event, topic_of
from ..services import check_in

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 0.5
_MARK = b"\n: mark\n\n"
_started = threading.Event()


def start() -> None:
    """Begin to listen, once per process."""
    if not _started.is_set():
        _started.set()
        threading.Thread(target=_run, name="relay", daemon=True).start()


def is_mark(message: bytes) -> bool:
    """Whether ``message`` only says how long the log is, so that a stream looks up what it misses."""
    return message.endswith(_MARK)


def _mark(seq: int) -> bytes:
    return b"id: %d%s" % (seq, _MARK)


def _run() -> None:
    while True:
        try:
            if connection.vendor == "postgresql":
                _tell(_wait_for_notices(), is_other_node=True)
            else:
                _wait_for_version()
                _tell(_watched(), is_other_node=False)
        except Exception:  # the relay must outlive a database restart; the loss is told once and tried again
            logger.exception("relay: lost the database, trying again")
            connection.close()
            time.sleep(2.0)


def _wait_for_version() -> None:
    """Return when another connection has committed (SQLite)."""
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA data_version").fetchone()
        while cursor.execute("PRAGMA data_version").fetchone() == before:
            time.sleep(PAUSE_SECONDS)


def _wait_for_notices() -> set[int]:
    """Return the boards that some node wrote about (PostgreSQL)."""
    connection.ensure_connection()
    raw = connection.connection
    raw.execute(f"LISTEN {CHANNEL}")
    return {int(notice.payload) for notice in raw.notifies(timeout=30.0, stop_after=1)} & _watched()


def _watched() -> set[int]:
    return {int(topic.removeprefix("board/")) for topic in hub.topics() if topic.startswith("board/")}


def _tell(boards: set[int], *, is_other_node: bool) -> None:
    for board in Board.objects.filter(pk__in=boards):
        topic = topic_of(board.pk)
        known = hub.number(topic)
        if known is None:
            hub.publish(topic, [_mark(board.last_seq)], number=board.last_seq)
        elif board.last_seq > known:
            lines = Operation.objects.filter(board=board, seq__gt=known, seq__lte=board.last_seq).order_by("seq")
            events = [Event.of(line, list(changes_of(line))).as_stream() for line in lines]
            hub.publish(topic, events, number=board.last_seq)
        if is_other_node:  # the check-in is in no line; where several nodes serve, it is in one row
            check_in.follow(board.pk, state_of(board), None)
