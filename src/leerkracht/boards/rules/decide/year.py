"""The turn of a school year: what goes along, and what goes to the archive."""

from __future__ import annotations

from typing import Any

from leerkracht.core.rules import gettext_noop as _

from ..entities import BoardState, Change
from ..fold import changed
from ..operations import NewYear
from ..refusals import OperationRefused
from .context import Context


def new_year(op: NewYear, state: BoardState, context: Context) -> list[Change]:
    if state.current_session() is not None:
        raise OperationRefused("session_underway", _("Er loopt nog een bordsessie. Rond die eerst af."))
    kept = set(op.keep)
    cards: list[Any] = [*state.goal.values(), *state.action.values(), *state.note.values()]
    kept |= {a.goal for a in state.action.values() if a.id in kept and a.goal}
    return [c for card in cards if card.on_board and card.id not in kept for c in changed(card, on_board=False)]


RULES: dict[type, Any] = {NewYear: new_year}
