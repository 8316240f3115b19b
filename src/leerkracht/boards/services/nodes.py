"""Tell the other serving processes that something happened at a board."""

from __future__ import annotations

from django.db import connection

from ..rules.wire import CHANNEL


def notify_other_nodes(board_id: int) -> None:
    """PostgreSQL delivers this at the commit; on SQLite other processes see the data version move."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(board_id)])
