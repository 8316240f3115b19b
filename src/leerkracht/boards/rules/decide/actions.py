"""Actions: one owner, about two weeks, then done, carried over or dropped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from msgspec import UNSET

from leerkracht.core.rules import gettext_noop as _

from ..entities import Action, BoardState, Change, Note
from ..fold import added, changed
from ..operations import (
    AddAction,
    CarryAction,
    CelebrateAction,
    DropAction,
    EditAction,
    FinishAction,
    ReopenAction,
)
from ..refusals import OperationRefused
from . import context as ctx
from .context import Caution, Context, Decision

LONGEST_DAYS = 14
ASK_AFTER_CARRIED = 2


def add(op: AddAction, state: BoardState, context: Context) -> Decision:
    ctx.check_new(state, op.id)
    ctx.check_member(op.owner, context)
    _check_goal(op.goal, state)
    _check_due(op.due_date, context)
    action = Action(
        id=op.id,
        text=ctx.line(op.text, _("actie")),
        owner=op.owner,
        due_date=op.due_date,
        goal=op.goal,
        position=ctx.last_position([a.position for a in state.action.values()]),
    )
    return Decision([added(action)], _due_warning(op.due_date, context))


def edit(op: EditAction, state: BoardState, context: Context) -> Decision:
    action = ctx.find(state.action, op.id)
    raw = {name: getattr(op, name) for name in ("text", "owner", "due_date", "goal")}
    fields = {name: value for name, value in raw.items() if value is not UNSET}
    warnings: list[Caution] = []
    if "text" in fields:
        fields["text"] = ctx.line(fields["text"], _("actie"))
    if "owner" in fields and fields["owner"] != action.owner:
        ctx.check_member(fields["owner"], context)
    if "goal" in fields and fields["goal"] != action.goal:
        _check_goal(fields["goal"], state)
    if "due_date" in fields and fields["due_date"] != action.due_date:
        _check_due(fields["due_date"], context)
        warnings = _due_warning(fields["due_date"], context)
    return Decision(changed(action, **fields), warnings)


def finish(op: FinishAction, state: BoardState, context: Context) -> list[Change]:
    action = ctx.find(state.action, op.id)
    return changed(action, state="DONE", closed_at=context.now) if action.state != "DONE" else []


def celebrate(op: CelebrateAction, state: BoardState, context: Context) -> list[Change]:
    action = ctx.find(state.action, op.id)
    if any(n.action == action.id and n.on_board for n in state.note.values()):
        return finish(FinishAction(id=op.id), state, context)  # it hangs there already; twice would be one too many
    ctx.check_new(state, op.success)
    section = ctx.section_of_kind(state, "SUCCESSES")
    success = Note(
        id=op.success,
        section=section.id,
        text=ctx.line(op.text, _("succes"), required=False) or action.text,
        made_at=context.now,
        position=ctx.last_position([n.position for n in state.note.values()]),
        person=action.owner,
        goal=action.goal,
        action=action.id,
    )
    return [*finish(FinishAction(id=op.id), state, context), added(success)]


def carry(op: CarryAction, state: BoardState, context: Context) -> Decision:
    action = ctx.find(state.action, op.id)
    _check_open(action)
    _check_due(op.due_date, context)
    warnings = _due_warning(op.due_date, context)
    if action.carried + 1 > ASK_AFTER_CARRIED:
        warnings.append(
            Caution(
                "carried_often",
                _(
                    "Deze actie schuift nu voor de %(count)se keer door. "
                    "Is hij het nog waard? Maak hem kleiner of laat hem los."
                ),
                {"count": action.carried + 1},
            )
        )
    return Decision(changed(action, due_date=op.due_date, carried=action.carried + 1), warnings)


def drop(op: DropAction, state: BoardState, context: Context) -> list[Change]:
    action = ctx.find(state.action, op.id)
    return changed(action, state="DROPPED", closed_at=context.now) if action.state != "DROPPED" else []


def reopen(op: ReopenAction, state: BoardState, context: Context) -> list[Change]:
    return changed(ctx.find(state.action, op.id), state="OPEN", closed_at=None)


def _check_open(action: Action) -> None:
    if action.state != "OPEN":
        raise OperationRefused(
            "action_closed", _("Deze actie is al afgerond. Heropen hem als er nog iets moet gebeuren.")
        )


def _check_goal(goal: UUID | None, state: BoardState) -> None:
    if goal is not None:
        ctx.find(state.goal, goal)


def _check_due(due: date, context: Context) -> None:
    if due < context.today:
        raise OperationRefused("due_in_past", _("Deze dag is al voorbij. Kies vandaag of een dag daarna."))
    if due > context.today + timedelta(days=366):
        raise OperationRefused(
            "due_too_far", _("Dit is meer dan een jaar vooruit. Kies een dag binnen ongeveer twee weken.")
        )


def _due_warning(due: date, context: Context) -> list[Caution]:
    if (due - context.today).days <= LONGEST_DAYS:
        return []
    return [
        Caution(
            "due_far",
            _("Deze actie loopt langer dan twee weken. Kleiner maken helpt: wat kan er volgende week klaar zijn?"),
        )
    ]


RULES: dict[type, Any] = {
    AddAction: add,
    EditAction: edit,
    FinishAction: finish,
    CelebrateAction: celebrate,
    CarryAction: carry,
    DropAction: drop,
    ReopenAction: reopen,
}
