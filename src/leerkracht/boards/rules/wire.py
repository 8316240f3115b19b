"""What watching screens are told: one event per line of the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec
from msgspec import Struct

from .entities import Change

CHANNEL = "leerkracht_boards"  # PostgreSQL's LISTEN/NOTIFY between nodes
_ENCODER = msgspec.json.Encoder()
_CHECK_IN = b"event: check-in\n"


class Line(Protocol):
    """The columns of a log line that screens may see."""

    id: Any
    seq: Any
    kind: Any
    actor_kind: Any
    actor_id: Any
    applied_at: Any


class Event(Struct, frozen=True):
    """A line of the log on its way to a screen; ``seq`` is the stream's event id, so that a screen resumes by it."""

    seq: int
    id: UUID
    kind: str
    actor_kind: str
    actor_id: str
    at: datetime
    changes: list[Change]

    @classmethod
    def of(cls, line: Line, changes: list[Change]) -> Event:
        return cls(line.seq, line.id, line.kind, line.actor_kind, line.actor_id, line.applied_at, changes)

    def as_stream(self) -> bytes:
        """As a server-sent event."""
        return b"id: %d\nevent: operation\ndata: %s\n\n" % (self.seq, _ENCODER.encode(self))


def topic_of(board_id: int) -> str:
    return f"board/{board_id}"


def topic_of_sign_in(session_key: str) -> str:
    """What the streams of one sign-in listen to besides their board: its end."""
    return f"sign-in/{session_key}"


class Standing(Struct, frozen=True):
    """How many tapped of how many; the totals (low, neutral, happy) only once everybody did or the step is over."""

    tapped: int
    present: int
    totals: tuple[int, int, int] | None


def check_in_stream(standing: Standing) -> bytes:
    """The check-in as a server-sent event; it has no number, for the log knows nothing of it."""
    return b"%sdata: %s\n\n" % (_CHECK_IN, _ENCODER.encode(standing))


def is_check_in(message: bytes) -> bool:
    """Whether ``message`` tells how the check-in stands, which only who is in the session may know."""
    return message.startswith(_CHECK_IN)
