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
from ..queries.state import changes_of
from ..rules.wire import CHANNEL, Event, topic_of

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 0.5
_MARK = b"\n: mark\n\n"
_started = threading.Event()
_told: dict[int, int] = {}


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
    wait = _wait_for_notice if connection.vendor == "postgresql" else _wait_for_version
    while True:
        try:
            wait()
            _tell_watched()
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


def _wait_for_notice() -> None:
    """Return when some node announced a line (PostgreSQL)."""
    connection.ensure_connection()
    raw = connection.connection
    raw.execute(f"LISTEN {CHANNEL}")
    for _notice in raw.notifies(timeout=30.0, stop_after=1):
        return


def _tell_watched() -> None:
    boards = [int(topic.removeprefix("board/")) for topic in hub.topics() if topic.startswith("board/")]
    for board_id, last in Board.objects.filter(pk__in=boards).values_list("pk", "last_seq"):
        known = _told.get(board_id)
        if known is None:
            hub.publish(topic_of(board_id), [_mark(last)])
        elif last > known:
            lines = Operation.objects.filter(board=board_id, seq__gt=known, seq__lte=last).order_by("seq")
            hub.publish(topic_of(board_id), [Event.of(line, list(changes_of(line))).as_stream() for line in lines])
        _told[board_id] = last
