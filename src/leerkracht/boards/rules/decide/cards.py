"""What goes for every card: its place, and taking back what was done to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from .. import refusals
from ..entities import BoardState, Change, Note
from ..fold import changed
from ..operations import MoveCard, Undo
from . import context as ctx
from .context import Context
from .notes import PLAIN_SECTIONS


def move(op: MoveCard, state: BoardState, context: Context) -> list[Change]:
    card = _card(state, op.id)
    if not isinstance(card, Note):
        rows = state.goal if op.id in state.goal else state.action
        return changed(card, position=ctx.position_after([(c.id, c.position) for c in rows.values()], op.id, op.after))
    section = ctx.find(state.section, op.section or card.section)
    if section.kind not in PLAIN_SECTIONS:
        raise refusals.not_on_board()
    neighbours = [(n.id, n.position) for n in state.note.values() if n.section == section.id and n.on_board]
    return changed(card, section=section.id, position=ctx.position_after(neighbours, op.id, op.after))


def undo(op: Undo, state: BoardState, context: Context) -> list[Change]:
    if context.undone is None:
        raise refusals.nothing_to_undo()
    return [change for past in reversed(context.undone) for change in _reverse(past, state)]


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
