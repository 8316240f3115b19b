"""What goes for every card: its place, and taking back what was done to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from .. import refusals
from ..entities import UNDERWAY, BoardState, Change, Note
from ..fold import changed
from ..operations import MoveCard, Undo
from . import context as ctx
from .context import Context
from .goals import is_measurable
from .notes import PLAIN_SECTIONS
from .sessions import session_underway


def move(op: MoveCard, state: BoardState, context: Context) -> list[Change]:
    card = _card(state, op.id)
    if not isinstance(card, Note):
        rows = state.goal if op.id in state.goal else state.action
        return _placed(rows, [c for c in rows.values() if c.on_board], op)
    section = ctx.find(state.section, op.section or card.section)
    if section.kind not in PLAIN_SECTIONS:
        raise refusals.not_on_board()
    neighbours = [n for n in state.note.values() if n.section == section.id and n.on_board]
    return _placed(state.note, neighbours, op, section=section.id)


def _placed(rows: Mapping[UUID, Any], neighbours: list[Any], op: MoveCard, **fields: Any) -> list[Change]:
    places = ctx.places_after([(card.id, card.position) for card in neighbours], op.id, op.after)
    moved = changed(rows[op.id], position=places.pop(op.id), **fields)
    return [*moved, *(change for key, place in places.items() for change in changed(rows[key], position=place))]


def undo(op: Undo, state: BoardState, context: Context) -> list[Change]:
    if context.undone is None:
        raise refusals.nothing_to_undo()
    changes = [change for past in reversed(context.undone) for change in _reverse(past, state)]
    for change in changes:
        _check_stands(change, state)
    return changes


def _check_stands(change: Change, state: BoardState) -> None:
    """Refuse to bring back half of what was: a goal that lacks its measure, a second session at once."""
    if change.entity == "goal":
        goal = msgspec.structs.replace(state.goal[change.id], **change.set)
        is_reversed = goal.start_date and goal.end_date and goal.end_date <= goal.start_date
        if is_reversed or (goal.state == "ACTIVE" and not is_measurable(goal)):
            raise refusals.changed_since()
    if change.entity == "session" and change.set.get("state") in UNDERWAY:
        current = state.current_session()
        if current is not None and current.id != change.id:
            raise session_underway()


def _reverse(past: Change, state: BoardState) -> list[Change]:
    card = state.rows(past.entity).get(past.id)
    if card is None:
        raise refusals.nothing_to_undo()
    if past.was is None:
        if not hasattr(card, "on_board"):
            raise refusals.nothing_to_undo()
        return changed(card, on_board=False)
    if any(getattr(card, name) != value for name, value in past.set.items()):
        raise refusals.changed_since()
    return changed(card, **past.was)


def _card(state: BoardState, key: UUID) -> Any:
    for name in ("note", "action", "goal"):
        if key in state.rows(name):
            return ctx.find(state.rows(name), key)
    raise refusals.not_on_board()


RULES: dict[type, Any] = {MoveCard: move, Undo: undo}
