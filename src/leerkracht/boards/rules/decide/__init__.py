"""Decide what an operation does to a board: plain values in, changes or a refusal out."""

from __future__ import annotations

from .. import refusals
from ..entities import BoardState
from ..operations import Operation
from . import actions, cards, goals, notes, sections, sessions, year
from .context import Caution, Context, Decision

__all__ = ["Caution", "Context", "Decision", "decide"]

RULES = {**sections.RULES, **goals.RULES, **actions.RULES, **notes.RULES, **cards.RULES, **sessions.RULES, **year.RULES}
LAYOUT_KINDS = ("section.", "board.")


def decide(operation: Operation, state: BoardState, context: Context) -> Decision:
    """Return the changes that ``operation`` makes to ``state``, which is not touched; raise ``OperationRefused``."""
    if context.actor_kind == "GUEST":
        _check_guest(operation.kind, state)
    outcome = RULES[type(operation.payload)](operation.payload, state, context)
    return outcome if isinstance(outcome, Decision) else Decision(outcome)


def _check_guest(kind: str, state: BoardState) -> None:
    if kind.startswith(LAYOUT_KINDS):
        raise refusals.guest_may_not()
    if state.current_session() is None:
        raise refusals.guest_only_in_session()
