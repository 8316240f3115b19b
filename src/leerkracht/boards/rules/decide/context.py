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


def places_after(rows: list[tuple[UUID, float]], moving: UUID, after: UUID | None) -> dict[UUID, float]:
    """Return the new positions that put ``moving`` behind ``after`` (``None``: in front) among ``rows`` (id, position).

    Mostly one: a place between two neighbours. Once halving has used up the room between them, everyone's.
    """
    order = [key for _, key in sorted((position, key) for key, position in rows if key != moving)]
    if after is not None and after not in order:
        raise refusals.not_on_board()
    place = 0 if after is None else order.index(after) + 1
    known = dict(rows)
    before = known[order[place - 1]] if place else None
    following = known[order[place]] if place < len(order) else None
    between = _between(before, following)
    if between is not None:
        return {moving: between}
    order.insert(place, moving)
    return {key: float(number) for number, key in enumerate(order, start=1)}


def _between(before: float | None, following: float | None) -> float | None:
    """A number between the two, or ``None`` where no float is left."""
    if before is None:
        return 1.0 if following is None else following - 1.0
    if following is None:
        return before + 1.0
    middle = (before + following) / 2.0
    return middle if before < middle < following else None
