"""Pupil goals: a draft until it can be measured, four to six weeks on the board, closed with what stays."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import UNSET

from leerkracht.core.rules import gettext_noop as _

from ..entities import OPEN_GOAL, BoardState, Change, Goal, Measurement
from ..fold import added, changed
from ..operations import AddGoal, CloseGoal, EditGoal, MeasureGoal, PlaceGoal, ReopenGoal, WithdrawGoal
from ..refusals import OperationRefused
from . import context as ctx
from .context import Caution, Context, Decision

MOST_OPEN_GOALS = 3
SHORTEST_WEEKS, LONGEST_WEEKS = 4, 6
OUTCOMES = ("ACHIEVED", "PARTLY", "NOT_ACHIEVED", "DROPPED")


def add(op: AddGoal, state: BoardState, context: Context) -> list[Change]:
    ctx.check_new(state, op.id)
    if context.board_kind == "ORGANISATIONAL":
        raise OperationRefused(
            "no_goals_here",
            _("Leerlingdoelen hangen op het verbeterbord. Dit bord is voor wat er geregeld moet worden."),
        )
    goal = Goal(
        id=op.id,
        position=ctx.last_position([g.position for g in state.goal.values()]),
        **_fields(op, context),
    )
    _check_period(goal.start_date, goal.end_date)
    return [added(goal)]


def edit(op: EditGoal, state: BoardState, context: Context) -> Decision:
    goal = ctx.find(state.goal, op.id)
    fields = _fields(op, context)
    merged = {name: fields.get(name, getattr(goal, name)) for name in (*_NEEDED, "text")}
    _check_period(merged["start_date"], merged["end_date"])
    if goal.state == "ACTIVE":
        _check_measurable(merged)
    warnings = _period_warning(merged["start_date"], merged["end_date"]) if goal.state == "ACTIVE" else []
    return Decision(changed(goal, **fields), warnings)


def place(op: PlaceGoal, state: BoardState, context: Context) -> Decision:
    goal = ctx.find(state.goal, op.id)
    if goal.state == "ACTIVE":
        return Decision([])
    if goal.state != "DRAFT":
        raise OperationRefused("goal_closed", _("Dit doel is al afgesloten. Heropen het eerst."))
    _check_measurable({name: getattr(goal, name) for name in _NEEDED})
    others = sum(g.state == "ACTIVE" and g.on_board for g in state.goal.values())
    warnings = _period_warning(goal.start_date, goal.end_date)
    if others >= MOST_OPEN_GOALS:
        warnings.append(
            Caution(
                "many_goals",
                _("Er hangen nu %(count)s doelen. Met drie houd je het vol: kun je er een afsluiten of bewaren?"),
                {"count": others + 1},
            )
        )
    return Decision(changed(goal, state="ACTIVE"), warnings)


def withdraw(op: WithdrawGoal, state: BoardState, context: Context) -> list[Change]:
    goal = ctx.find(state.goal, op.id)
    return changed(goal, state="DRAFT") if goal.state == "ACTIVE" else []


def measure(op: MeasureGoal, state: BoardState, context: Context) -> list[Change]:
    goal = ctx.find(state.goal, op.goal)
    ctx.check_new(state, op.id)
    if op.date > context.today:
        raise OperationRefused("measured_later", _("Deze dag komt nog. Noteer een meting op de dag zelf of daarna."))
    remark = ctx.line(op.remark, _("opmerking"), required=False)
    return [added(Measurement(id=op.id, goal=goal.id, date=op.date, value=op.value, remark=remark))]


def close(op: CloseGoal, state: BoardState, context: Context) -> list[Change]:
    goal = ctx.find(state.goal, op.id)
    if op.outcome not in OUTCOMES:
        raise OperationRefused(
            "unknown_outcome", _("Kies of het doel gehaald, deels gehaald, niet gehaald of losgelaten is.")
        )
    kept = ctx.line(op.kept, _("wat blijft"), limit=ctx.PARAGRAPH, required=False)
    return changed(goal, state=op.outcome, kept=kept, closed_at=context.now)


def reopen(op: ReopenGoal, state: BoardState, context: Context) -> list[Change]:
    goal = ctx.find(state.goal, op.id)
    if goal.state in OPEN_GOAL:
        return []
    return changed(goal, state="ACTIVE" if is_measurable(goal) else "DRAFT", closed_at=None)


def is_measurable(goal: Goal) -> bool:
    """Whether the goal says how it is measured, from where to where, and when."""
    return all(getattr(goal, name) not in (None, "") for name in _NEEDED)


_NEEDED = ("measure", "baseline", "target", "start_date", "end_date")


def _fields(op: AddGoal | EditGoal, context: Context) -> dict[str, Any]:
    raw = {name: getattr(op, name) for name in ("text", "unit", "theme", *_NEEDED)}
    fields = {name: value for name, value in raw.items() if value is not UNSET}
    if "text" in fields:
        fields["text"] = ctx.line(fields["text"], _("doel"))
    for name, what, limit in (("measure", _("hoe je het meet"), ctx.LINE), ("unit", _("eenheid"), 20)):
        if name in fields:
            fields[name] = ctx.line(fields[name], what, limit=limit, required=False)
    if fields.get("theme") is not None and fields["theme"] not in context.themes:
        raise OperationRefused(
            "theme_not_adopted", _("Dit thema heeft het team niet gekozen. Kies een thema van het team.")
        )
    return fields


def _check_measurable(fields: dict[str, Any]) -> None:
    names = {
        "measure": _("hoe je het meet"),
        "baseline": _("waar je nu staat"),
        "target": _("wanneer je tevreden bent"),
        "start_date": _("de begindatum"),
        "end_date": _("de einddatum"),
    }
    for name, what in names.items():
        if fields[name] in (None, ""):
            raise OperationRefused(
                "goal_not_measurable",
                _(
                    "Dit doel blijft een concept: vul eerst in %(what)s. "
                    "Zonder maat weet je straks niet of het gelukt is."
                ),
                what=what,
            )


def _check_period(start: date | None, end: date | None) -> None:
    if start and end and end <= start:
        raise OperationRefused(
            "period_reversed", _("De einddatum ligt niet na de begindatum. Kies een latere einddatum.")
        )


def _period_warning(start: date | None, end: date | None) -> list[Caution]:
    weeks = round(((end - start).days) / 7) if start and end else SHORTEST_WEEKS
    if SHORTEST_WEEKS <= weeks <= LONGEST_WEEKS:
        return []
    return [
        Caution(
            "unusual_period",
            _("Dit doel loopt %(weeks)s weken. Vier tot zes weken werkt het best: kort genoeg om het te blijven zien."),
            {"weeks": weeks},
        )
    ]


RULES: dict[type, Any] = {
    AddGoal: add,
    EditGoal: edit,
    PlaceGoal: place,
    WithdrawGoal: withdraw,
    MeasureGoal: measure,
    CloseGoal: close,
    ReopenGoal: reopen,
}
