"""What a decision knows besides the board itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from msgspec import Struct, field

from .. import refusals
from ..entities import BoardState, Change, Section

Row = TypeVar("Row")
TITLE = 60
LINE = 200
PARAGRAPH = 400


class Context(Struct, frozen=True, kw_only=True):
    """Plain values around one operation: who, when, and who belongs to the team.

    ``themes`` are the ids of the themes that the team adopted; ``split`` is the planned time per step in seconds;
    ``undone`` are the changes of the operation that an undo names, ``None`` where that cannot be undone.
    """

    operation: UUID
    now: datetime
    today: date
    board_kind: str
    actor_kind: str
    members: frozenset[int]
    themes: frozenset[int] = frozenset()
    split: dict[str, int] = field(default_factory=dict)
    undone: tuple[Change, ...] | None = None


class Caution(Struct, frozen=True):
    """Applied, but think about it: a code for machines, a sentence with values for people."""

    code: str
    message: str
    values: dict[str, object] = field(default_factory=dict)


class Decision(Struct, frozen=True):
    """What an operation changes, and what the team should know about it."""

    changes: list[Change]
    cautions: list[Caution] = field(default_factory=list)


def find(rows: dict[UUID, Row], key: UUID) -> Row:
    """Return the card, or refuse in words."""
    row = rows.get(key)
    if row is None or not getattr(row, "on_board", True):
        raise refusals.not_on_board()
    return row


def check_new(state: BoardState, key: UUID) -> None:
    """Refuse an id that is in use: two cards of one id would become one."""
    if any(key in state.rows(name) for name in ("section", "goal", "measurement", "action", "note", "session")):
        raise refusals.already_there()


def line(text: str, what: str, *, limit: int = LINE, required: bool = True) -> str:
    """Return ``text`` on one line without stray spaces, or refuse it when empty or longer than ``limit``."""
    clean = " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())
    if required and not clean:
        raise refusals.empty(what)
    if len(clean) > limit:
        raise refusals.too_long(what, len(clean), limit)
    return clean


def check_member(person: int | None, context: Context) -> None:
    if person is not None and person not in context.members:
        raise refusals.not_a_member()


def section_of_kind(state: BoardState, kind: str) -> Section:
    section = next((s for s in state.section.values() if s.kind == kind), None)
    if section is None:
        raise refusals.not_on_board()
    return section


def last_position(rows: list[float]) -> float:
    return max(rows, default=0.0) + 1.0


def position_after(rows: list[tuple[UUID, float]], moving: UUID, after: UUID | None) -> float:
    """Return a place between ``after`` and its follower among ``rows`` (id, position), the moved card left out."""
    ordered = sorted((position, key) for key, position in rows if key != moving)
    if after is None:
        return ordered[0][0] - 1.0 if ordered else 1.0
    index = next((i for i, (_, key) in enumerate(ordered) if key == after), None)
    if index is None:
        raise refusals.not_on_board()
    here = ordered[index][0]
    following = ordered[index + 1][0] if index + 1 < len(ordered) else here + 2.0
    return (here + following) / 2.0
