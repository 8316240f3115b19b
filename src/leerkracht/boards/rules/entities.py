"""The cards of a board as plain values, and the board's state as the sum of them.

Field names equal those of the models; a foreign key is named without ``_id`` and holds the id.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from msgspec import Struct, field

STEPS = ("CHECK_IN", "SUCCESSES", "GOALS", "ACTIONS", "PLANNING", "ROUND_OFF")
OPEN_GOAL = ("DRAFT", "ACTIVE")
UNDERWAY = ("RUNNING", "BETWEEN")


class Section(Struct, frozen=True):
    id: UUID
    kind: str
    position: float
    title: str = ""
    is_hidden: bool = False


class Goal(Struct, frozen=True):
    id: UUID
    text: str
    position: float
    theme: int | None = None
    measure: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    start_date: date | None = None
    end_date: date | None = None
    state: str = "DRAFT"
    kept: str = ""
    closed_at: datetime | None = None
    on_board: bool = True


class Measurement(Struct, frozen=True):
    id: UUID
    goal: UUID
    date: date
    value: float
    remark: str = ""
    on_board: bool = True


class Action(Struct, frozen=True):
    id: UUID
    text: str
    owner: int
    due_date: date
    position: float
    goal: UUID | None = None
    state: str = "OPEN"
    carried: int = 0
    closed_at: datetime | None = None
    on_board: bool = True


class Note(Struct, frozen=True):
    id: UUID
    section: UUID
    text: str
    made_at: datetime
    position: float
    detail: str = ""
    person: int | None = None
    goal: UUID | None = None
    action: UUID | None = None
    day: date | None = None
    time: str = ""
    state: str = "OPEN"
    on_board: bool = True


class Session(Struct, frozen=True):
    id: UUID
    planned_date: date
    state: str = "PLANNED"
    started_at: datetime | None = None
    ended_at: datetime | None = None
    sitting: int = 1
    sitting_started_at: datetime | None = None
    step: str = "CHECK_IN"
    step_started_at: datetime | None = None
    spent: dict[str, dict[str, int]] = field(default_factory=dict)
    split: dict[str, int] = field(default_factory=dict)
    leader: int | None = None
    timekeeper: int | None = None
    notetaker: int | None = None
    top: str = ""
    tip: str = ""
    skip_reason: str = ""
    next_date: date | None = None


class Attendance(Struct, frozen=True):
    id: UUID
    session: UUID
    person: int
    sitting: int = 1
    is_present: bool = True


Entity: TypeAlias = Section | Goal | Measurement | Action | Note | Session | Attendance
ENTITIES: dict[str, type[Entity]] = {
    "section": Section,
    "goal": Goal,
    "measurement": Measurement,
    "action": Action,
    "note": Note,
    "session": Session,
    "attendance": Attendance,
}
NAME_OF: dict[type[Entity], str] = {kind: name for name, kind in ENTITIES.items()}


class Change(Struct, frozen=True):
    """One card's fields after an operation (``set``) and before (``was``; ``None`` when it is new)."""

    entity: str
    id: UUID
    set: dict[str, Any]
    was: dict[str, Any] | None = None


class BoardState(Struct):
    """Everything on a board now. ``seq`` is the log line it includes; the dicts are keyed by id."""

    seq: int = 0
    section: dict[UUID, Section] = field(default_factory=dict)
    goal: dict[UUID, Goal] = field(default_factory=dict)
    measurement: dict[UUID, Measurement] = field(default_factory=dict)
    action: dict[UUID, Action] = field(default_factory=dict)
    note: dict[UUID, Note] = field(default_factory=dict)
    session: dict[UUID, Session] = field(default_factory=dict)
    attendance: dict[UUID, Attendance] = field(default_factory=dict)

    def rows(self, entity: str) -> dict[UUID, Any]:
        found: dict[UUID, Any] = getattr(self, entity)
        return found

    def current_session(self) -> Session | None:
        """The session that is running or waits for its second sitting; at most one by constraint."""
        return next((s for s in self.session.values() if s.state in UNDERWAY), None)
