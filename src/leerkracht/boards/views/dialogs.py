"""The shared forms of a board's page: one a kind, filled in for whichever card is open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..forms.cards import ActionForm, CloseGoalForm, GoalForm, MeasureForm, NoteForm
from .desk import Desk

FORMS: dict[str, Any] = {
    "goal": GoalForm,
    "action": ActionForm,
    "note": NoteForm,
    "measure": MeasureForm,
    "close": CloseGoalForm,
}


def dialogs(desk: Desk) -> dict[str, Any]:
    """Empty forms that are nobody's, each with ids of its own so that they may stand on one page."""
    around = replace(desk.around, me=None)
    return {f"{name}_form": form(around=around, auto_id=f"{name}_%s") for name, form in FORMS.items()}
