"""The session: six steps in a fixed order, one at a time on a board, in one sitting or two."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from msgspec import UNSET

from leerkracht.core.rules import gettext_noop as _

from ..entities import STEPS, Attendance, BoardState, Change, Session
from ..fold import added, changed
from ..operations import (
    AssignRoles,
    CloseSession,
    MarkPresent,
    PauseSession,
    PlanSession,
    ResumeSession,
    RoundOff,
    SkipSession,
    StartSession,
    StepSession,
)
from ..refusals import OperationRefused, already_there, not_on_board
from . import context as ctx
from .context import Context

ROLES = ("leader", "timekeeper", "notetaker")


def plan(op: PlanSession, state: BoardState, context: Context) -> list[Change]:
    known = state.session.get(op.id)
    if known is None:
        ctx.check_new(state, op.id)
        return [added(Session(id=op.id, planned_date=op.date))]
    return changed(_in_state(known, "PLANNED"), planned_date=op.date)


def start(op: StartSession, state: BoardState, context: Context) -> list[Change]:
    closing = _close_forgotten(state, context)
    current = state.current_session()
    if current is not None and not closing:
        raise session_underway()
    fields = {**_running(op, context, sitting=1), "started_at": context.now, "split": dict(context.split)}
    known = state.session.get(op.id)
    if known is None:
        ctx.check_new(state, op.id)
        session = [added(Session(id=op.id, planned_date=context.today, **fields))]
    elif known.state == "PLANNED":
        session = changed(known, **fields)
    else:
        raise already_there()
    return [*closing, *session, *_present(op.id, op.present, 1, state, context)]


def resume(op: ResumeSession, state: BoardState, context: Context) -> list[Change]:
    session = _underway(op.id, state)
    if session.state == "RUNNING":
        return []
    fields = _running(op, context, sitting=session.sitting + 1)
    return [*changed(session, **fields), *_present(op.id, op.present, session.sitting + 1, state, context)]


def step(op: StepSession, state: BoardState, context: Context) -> list[Change]:
    session = _running_now(op.id, state)
    if op.step not in STEPS:
        raise OperationRefused("unknown_step", _("Deze stap kent de bordsessie niet. Ververs de pagina."))
    if op.step == session.step:
        return []
    return changed(session, step=op.step, step_started_at=context.now, spent=spent_until(session, context.now))


def assign(op: AssignRoles, state: BoardState, context: Context) -> list[Change]:
    session = _underway(op.id, state)
    fields = {name: getattr(op, name) for name in ROLES if getattr(op, name) is not UNSET}
    for person in fields.values():
        ctx.check_member(person, context)
    return changed(session, **fields)


def present(op: MarkPresent, state: BoardState, context: Context) -> list[Change]:
    session = _underway(op.id, state)
    ctx.check_member(op.person, context)
    key = attendance_id(session.id, op.person, session.sitting)
    known = attendance_of(state, session.id, op.person, session.sitting)
    if known is not None:
        return changed(known, is_present=op.is_present)
    return [
        added(
            Attendance(id=key, session=session.id, person=op.person, sitting=session.sitting, is_present=op.is_present)
        )
    ]


def round_off(op: RoundOff, state: BoardState, context: Context) -> list[Change]:
    session = _underway(op.id, state)
    fields = {
        name: ctx.line(getattr(op, name), what, required=False)
        for name, what in (("top", _("top")), ("tip", _("tip")))
        if getattr(op, name) is not UNSET
    }
    return changed(session, **fields)


def pause(op: PauseSession, state: BoardState, context: Context) -> list[Change]:
    session = _running_now(op.id, state)
    if session.sitting > 1:
        raise OperationRefused("two_sittings", _("Dit was de tweede groep. Rond de bordsessie nu af."))
    if op.next_date is not None and op.next_date < context.today:
        raise OperationRefused("due_in_past", _("Deze dag is al voorbij. Kies vandaag of een dag daarna."))
    return changed(session, state="BETWEEN", next_date=op.next_date, spent=spent_until(session, context.now))


def close(op: CloseSession, state: BoardState, context: Context) -> list[Change]:
    session = _underway(op.id, state)
    if op.next_date is not None and op.next_date < context.today:
        raise OperationRefused("due_in_past", _("Deze dag is al voorbij. Kies vandaag of een dag daarna."))
    spent = spent_until(session, context.now) if session.state == "RUNNING" else session.spent
    closing = changed(session, state="CLOSED", ended_at=context.now, next_date=op.next_date, spent=spent)
    return [*closing, *sweep(state, session, context)]


def skip(op: SkipSession, state: BoardState, context: Context) -> list[Change]:
    reason = ctx.line(op.reason, _("waarom jullie overslaan"))
    known = state.session.get(op.id)
    if known is not None:
        return changed(_in_state(known, "PLANNED"), state="SKIPPED", skip_reason=reason)
    ctx.check_new(state, op.id)
    return [added(Session(id=op.id, planned_date=op.date, state="SKIPPED", skip_reason=reason))]


def sweep(state: BoardState, session: Session, context: Context) -> list[Change]:
    """Clear what this session dealt with: finished cards, past planning, successes from before it started."""
    started = session.started_at or context.now
    done: list[Any] = [a for a in state.action.values() if a.state != "OPEN"]
    done += [g for g in state.goal.values() if g.state not in ("DRAFT", "ACTIVE")]
    for note in state.note.values():
        kind = state.section[note.section].kind
        is_past = kind == "PLANNING" and note.day is not None and note.day < context.today
        is_celebrated = kind == "SUCCESSES" and note.made_at < started
        if note.state == "CLOSED" or is_past or is_celebrated:
            done.append(note)
    return [change for card in done if card.on_board for change in changed(card, on_board=False)]


def spent_until(session: Session, now: datetime) -> dict[str, dict[str, int]]:
    """Return seconds per sitting and step with the running step counted up to ``now`` (never negative)."""
    if session.step_started_at is None:
        return session.spent
    seconds = max(0, round((now - session.step_started_at).total_seconds()))
    sitting = str(session.sitting)
    steps = session.spent.get(sitting, {})
    return {**session.spent, sitting: {**steps, session.step: steps.get(session.step, 0) + seconds}}


def attendance_id(session: UUID, person: int, sitting: int) -> UUID:
    """One row per person and sitting, whichever device says it first."""
    return uuid5(session, f"{person}/{sitting}")


def attendance_of(state: BoardState, session: UUID, person: int, sitting: int) -> Attendance | None:
    """The row of this person; after two persons became one its id may be of the other's."""
    known = state.attendance.get(attendance_id(session, person, sitting))
    if known is not None and known.person == person:
        return known
    rows = state.attendance.values()
    return next((a for a in rows if (a.session, a.person, a.sitting) == (session, person, sitting)), None)


def session_underway() -> OperationRefused:
    return OperationRefused("session_underway", _("Op dit bord loopt al een bordsessie. Doe daarin mee."))


def _running(op: StartSession | ResumeSession, context: Context, *, sitting: int) -> dict[str, Any]:
    for person in (op.leader, op.timekeeper, op.notetaker):
        ctx.check_member(person, context)
    roles = {name: getattr(op, name) for name in ROLES}
    moments = {"sitting_started_at": context.now, "step_started_at": context.now}
    return {"state": "RUNNING", "sitting": sitting, "step": STEPS[0], **roles, **moments}


def _present(session: UUID, people: tuple[int, ...], sitting: int, state: BoardState, context: Context) -> list[Change]:
    rows = []
    for person in dict.fromkeys(people):
        ctx.check_member(person, context)
        key = attendance_id(session, person, sitting)
        if attendance_of(state, session, person, sitting) is None:
            rows.append(added(Attendance(id=key, session=session, person=person, sitting=sitting)))
    return rows


def _close_forgotten(state: BoardState, context: Context) -> list[Change]:
    """Close a session that somebody left running on an earlier day, as it stood when its last step began."""
    current = state.current_session()
    if current is None or current.state != "RUNNING" or current.step_started_at is None:
        return []
    if current.step_started_at.date() >= context.now.date():
        return []
    return [*changed(current, state="CLOSED", ended_at=current.step_started_at), *sweep(state, current, context)]


def _underway(key: UUID, state: BoardState) -> Session:
    session = state.session.get(key)
    if session is None:
        raise not_on_board()
    if session.state not in ("RUNNING", "BETWEEN"):
        raise OperationRefused("session_over", _("Deze bordsessie is al afgerond. Je vindt het verslag bij ‘Eerder’."))
    return session


def _running_now(key: UUID, state: BoardState) -> Session:
    session = _underway(key, state)
    if session.state != "RUNNING":
        raise OperationRefused("session_waits", _("Deze bordsessie wacht op de tweede groep. Start die eerst."))
    return session


def _in_state(session: Session, wanted: str) -> Session:
    if session.state != wanted:
        raise OperationRefused("session_over", _("Deze bordsessie is al geweest of loopt. Plan een nieuwe."))
    return session


RULES: dict[type, Any] = {
    PlanSession: plan,
    StartSession: start,
    StepSession: step,
    AssignRoles: assign,
    MarkPresent: present,
    RoundOff: round_off,
    PauseSession: pause,
    ResumeSession: resume,
    CloseSession: close,
    SkipSession: skip,
}
