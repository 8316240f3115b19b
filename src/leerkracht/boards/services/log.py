"""How the log of every board is sealed: what was done stays, what was said in it can be forgotten."""

from __future__ import annotations

from leerkracht.boards.models import Operation
from leerkracht.core.registry.streams import Stream

STREAM = Stream(
    name="boards",
    model=Operation,
    header=("id", "board_id", "seq", "session_id", "actor_kind", "actor_id", "kind", "applied_at"),
    emptied={"payload": b"", "changes": b""},
    moment="applied_at",
)
