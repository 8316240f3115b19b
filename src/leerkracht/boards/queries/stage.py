"""A running session shaped for its screens: laptop, wall and phone show the same values, each in its own size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from leerkracht.accounts.models import Person

from ..models import Board, Operation
from ..rules.entities import Action, BoardState, Goal, Session
from ..rules.operations import AddAction
from . import steps
from .card_words import figure, near_day
from .cards import Card, Surroundings, card_of
from .page import people_on, rows_in
from .rhythm import next_session_date, school_days_after
from .steps import Step
from .words import SectorWords, sector_words

ASK_AFTER_CARRIED = 2
_PAYLOAD = msgspec.json.Decoder(AddAction)


@dataclass(frozen=True)
class Day:
    """A day to choose with one tap."""

    date: date
    label: str


@dataclass(frozen=True)
class GoalTalk:
    """A goal as it is talked about: its card, how it is seen, the figures so far, and what it stands at."""

    card: Card
    measure: str
    trail: tuple[str, ...]
    now: str
    target: str

    @property
    def is_open(self) -> bool:
        return self.card.key == "goal.measure"


@dataclass(frozen=True)
class Present:
    """Somebody who may stand at the board, and whether they do."""

    person: Person
    is_present: bool


@dataclass(frozen=True)
class Clock:
    """Moments in milliseconds and spans in seconds: the page counts on by itself from here."""

    now: int
    step_started: int
    step_before: int
    step_planned: int
    before: int
    planned: int = 15 * 60


@dataclass(frozen=True)
class Stage:
    """Everything one screen of a running session shows; ``shown`` is the step that is looked at."""

    board: Board
    session: Session
    steps: tuple[Step, ...]
    shown: Step
    next_step: Step | None
    script: str
    clock: Clock
    people: tuple[Present, ...]
    roles: dict[str, Person | None]
    words: SectorWords
    successes: tuple[Card, ...] = ()
    goals: tuple[GoalTalk, ...] = ()
    open_actions: tuple[Card, ...] = ()
    new_actions: tuple[Card, ...] = ()
    finished: tuple[Card, ...] = ()
    planning: tuple[Card, ...] = ()
    sections: dict[str, UUID] = field(default_factory=dict)
    focus: Action | None = None
    focus_card: Card | None = None
    focus_place: int = 0
    focus_owner: Person | None = None
    next_date: date | None = None
    due_days: tuple[Day, ...] = ()
    plan_days: tuple[Day, ...] = ()

    @property
    def is_behind(self) -> bool:
        """Whether the screen looks at another step than the room is in."""
        return self.shown.kind != self.session.step

    @property
    def ask_worth(self) -> bool:
        return self.focus is not None and self.focus.carried >= ASK_AFTER_CARRIED

    @property
    def holds_back(self) -> bool:
        """Whether an open action waits for its answer: then that is the next step, not the next part."""
        return self.shown.kind == "ACTIONS" and self.focus is not None

    @property
    def focus_count(self) -> int:
        return len(self.open_actions)

    @property
    def marked(self) -> frozenset[int]:
        return frozenset(p.person.pk for p in self.people if p.is_present)


def stage_of(
    board: Board,
    state: BoardState,
    session: Session,
    *,
    now: datetime,
    today: date,
    look_at: str = "",
    action: str = "",
) -> Stage:
    """Shape the running ``session``; ``look_at`` shows another step on this screen, ``action`` puts one in focus."""
    people = people_on(board, state, today)
    around, words = Surroundings.of(state, people, today), sector_words(board.school.sector)
    row = steps.steps_of(state, session)
    current = next((step for step in row if step.state == "now"), row[0])
    shown = next((step for step in row if step.kind == look_at), current)
    next_date = session.next_date or next_session_date(board, today)
    cards = _Cards(state, around, made_in(board, session))
    return Stage(
        board=board,
        session=session,
        steps=tuple(row),
        shown=shown,
        next_step=steps.following(row),
        script=steps.script_of(shown.kind, words),
        clock=clock_of(session, current, now),
        people=tuple(_present(state, session, people)),
        roles={role: people.get(getattr(session, role) or 0) for role in ("leader", "timekeeper", "notetaker")},
        words=words,
        successes=cards.of("SUCCESSES"),
        goals=cards.goals(),
        planning=cards.of("PLANNING"),
        sections={section.kind: section.id for section in state.section.values()},
        next_date=next_date,
        due_days=tuple(_due_days(board, today, next_date, around)),
        plan_days=tuple(Day(day, around.day(day)) for day in school_days_after(board, today, 5)),
        **_actions(cards, people, action),
    )


class _Cards:
    """Cards of the steps, in the order in which they are talked about."""

    def __init__(self, state: BoardState, around: Surroundings, made: frozenset[UUID]) -> None:
        self.state, self.around, self.made = state, around, made

    def of(self, kind: str) -> tuple[Card, ...]:
        section = next((s for s in self.state.section.values() if s.kind == kind), None)
        rows: list[Any] = rows_in(section, self.state) if section else []
        if kind == "SUCCESSES":  # what is told today comes first
            rows.sort(key=lambda note: note.made_at, reverse=True)
        return tuple(card_of(row, self.around) for row in rows if row.state != "CLOSED")

    def goals(self) -> tuple[GoalTalk, ...]:
        rows = [g for g in self.state.goal.values() if g.on_board and g.state != "DRAFT"]
        return tuple(self._goal(g) for g in sorted(rows, key=lambda g: (g.state != "ACTIVE", g.position)))

    def _goal(self, goal: Goal) -> GoalTalk:
        taken = [m for m in self.state.measurement.values() if m.goal == goal.id and m.on_board]
        values = [m.value for m in sorted(taken, key=lambda m: (m.date, m.id.int))]
        if goal.baseline is not None:
            values.insert(0, goal.baseline)
        return GoalTalk(
            card=card_of(goal, self.around),
            measure=goal.measure,
            trail=tuple(figure(value) for value in values[-6:]),
            now=figure(values[-1], goal.unit) if values else "",
            target=figure(goal.target, goal.unit) if goal.target is not None else "",
        )

    def actions(self) -> tuple[list[Action], list[Action], list[Action]]:
        """Open ones from before (first due first), those made in this session, and what is finished."""
        rows = sorted((a for a in self.state.action.values() if a.on_board), key=lambda a: (a.due_date, a.position))
        new = [a for a in rows if a.state == "OPEN" and a.id in self.made]
        waiting = [a for a in rows if a.state == "OPEN" and a.id not in self.made]
        return waiting, new, [a for a in rows if a.state != "OPEN"]


def _actions(cards: _Cards, people: Mapping[int, Person], wish: str) -> dict[str, Any]:
    waiting, new, finished = cards.actions()
    today = cards.around.today
    chosen = next((a for a in waiting if str(a.id) == wish), None)
    focus = chosen or next((a for a in waiting if a.due_date <= today), None)
    return {
        "open_actions": tuple(card_of(a, cards.around) for a in waiting),
        "new_actions": tuple(card_of(a, cards.around) for a in new),
        "finished": tuple(card_of(a, cards.around) for a in finished),
        "focus": focus,
        "focus_card": card_of(focus, cards.around) if focus else None,
        "focus_place": waiting.index(focus) + 1 if focus else 0,
        "focus_owner": people.get(focus.owner) if focus else None,
    }


def made_in(board: Board, session: Session) -> frozenset[UUID]:
    """Ids of the actions that this session made: they are agreements, not homework."""
    lines = Operation.objects.filter(board=board.pk, session_id=session.id, kind=AddAction.KIND)
    since = lines.filter(applied_at__gte=session.started_at) if session.started_at else lines
    return frozenset(_PAYLOAD.decode(bytes(raw)).id for raw in since.values_list("payload", flat=True) if raw)


def clock_of(session: Session, step: Step, now: datetime) -> Clock:
    """Where the clock stands: what was spent before the running step began, and since when that runs."""
    spent = session.spent.get(str(session.sitting), {})
    started = session.step_started_at or now
    return Clock(
        now=_ms(now),
        step_started=_ms(started),
        step_before=spent.get(session.step, 0),
        step_planned=step.planned,
        before=sum(spent.values()),
    )


def _present(state: BoardState, session: Session, people: Mapping[int, Person]) -> Iterable[Present]:
    rows = state.attendance.values()
    here = {a.person for a in rows if a.session == session.id and a.sitting == session.sitting and a.is_present}
    return (Present(person, key in here) for key, person in people.items())


def _due_days(board: Board, today: date, next_date: date, around: Surroundings) -> Iterable[Day]:
    """End of this week, the next session, and two weeks: nearly every action fits one of them."""
    friday = today + timedelta(days=4 - today.weekday()) if today.weekday() < 4 else None
    if friday is not None and friday < next_date:
        yield Day(friday, around.day(friday))
    yield Day(next_date, _("volgende keer, %(day)s") % {"day": near_day(next_date, today, around.words)})
    later = today + timedelta(weeks=2)
    if later > next_date:
        yield Day(later, around.day(later))


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
