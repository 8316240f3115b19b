"""Fill a practice board, and wipe it clean: everything a team may try there, through the same log as a real board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor, person_actor
from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _
from leerkracht.organisations.models import TeamMembership
from leerkracht.organisations.permissions import during

from ..models import Board
from ..queries import boards as board_queries
from ..queries import examples
from ..queries import state as states
from ..rules.operations import PAYLOADS, Operation
from . import operations

HEADINGS = {"successes": "SUCCESSES", "planning": "PLANNING", "parked": "PARKED", "help": "HELP"}


class NotAPracticeBoard(Refusal):
    """Only a practice board is filled and wiped; a team's own cards never go this way."""

    def __init__(self) -> None:
        super().__init__(
            "not_a_practice_board",
            _("Dit is geen oefenbord. Alleen een oefenbord kun je opnieuw vullen; open dat van je team."),
        )


@transaction.atomic
def fill_practice_board(*, board: Board, by: Person | Actor, now: datetime) -> None:
    """Hang goals, actions and cards on an empty practice board; one where something hangs stays as it is."""
    _check(board)
    state = states.state_of(_fresh(board))
    if any(card.on_board for name in ("goal", "action", "note") for card in state.rows(name).values()):
        return
    _apply(board, by, list(_Filling(board, by, timezone.localdate(now)).operations()), now)


@transaction.atomic
def reset_practice_board(*, board: Board, by: Person | Actor, now: datetime) -> None:
    """Take everything off a practice board, give its sections their own names back, and fill it again."""
    _check(board)
    state = states.state_of(_fresh(board))
    session = state.current_session()
    wiping = [_operation("session.close", id=session.id)] if session else []
    wiping.append(_operation("board.new_year"))
    for section in state.section.values():
        if section.kind == "CUSTOM":
            wiping.append(_operation("section.hide", id=section.id))
        elif section.title:
            wiping.append(_operation("section.rename", id=section.id, title=""))
        if section.kind != "CUSTOM" and section.is_hidden:
            wiping.append(_operation("section.show", id=section.id))
    _apply(board, by, wiping, now)
    fill_practice_board(board=board, by=by, now=now)


class _Filling:
    """The operations that fill a board for the people who stand at it."""

    def __init__(self, board: Board, by: Person | Actor, today: date) -> None:
        self.today = today
        self.content = examples.practice_board()
        self.goals = examples.examples_for(board.school.sector)
        self.people = _people(board, by, today)
        self.sections = dict(board.sections.exclude(kind="CUSTOM").values_list("kind", "id"))

    def operations(self) -> Iterator[Operation]:
        for goal in self.content.goals:
            yield from self._goal(goal)
        for action in self.content.actions:
            yield from self._action(action.text, action.owner, action.due_in_days)
        for field, kind in HEADINGS.items():
            yield from self._notes(getattr(self.content, field), self.sections[kind])

    def _goal(self, plan: examples.PracticeGoal) -> Iterator[Operation]:
        example, goal = self.goals[plan.example - 1], uuid4()
        start = self.today - timedelta(days=plan.started_days_ago)
        yield _operation(
            "goal.add",
            id=goal,
            text=example.text,
            measure=example.measure,
            unit=example.unit,
            baseline=example.baseline,
            target=example.target,
            start_date=start,
            end_date=start + timedelta(weeks=example.weeks),
        )
        yield _operation("goal.place", id=goal)
        for moment in plan.measurements:
            value = round(example.baseline + moment.reached * (example.target - example.baseline))
            day = self.today - timedelta(days=moment.days_ago)
            yield _operation("goal.measure", id=uuid4(), goal=goal, date=day, value=float(value))
        for action in plan.actions:
            text = example.actions[action.example - 1]
            yield from self._action(text, action.owner, action.due_in_days, goal=goal, carried=action.carried)

    def _action(
        self, text: str, owner: int, days: int, *, goal: UUID | None = None, carried: int = 0
    ) -> Iterator[Operation]:
        if not self.people:  # an action has an owner; a team without people has none to give
            return
        action, due = uuid4(), self.today + timedelta(days=days)
        yield _operation("action.add", id=action, text=text, owner=self._person(owner), due_date=due, goal=goal)
        for _time in range(carried):
            yield _operation("action.carry", id=action, due_date=due)

    def _notes(self, notes: Sequence[examples.PracticeNote], section: UUID) -> Iterator[Operation]:
        for note in notes:
            yield _operation(
                "note.add",
                id=uuid4(),
                section=section,
                text=note.text,
                detail=note.detail,
                person=self._person(note.owner),
                day=None if note.in_days is None else self.today + timedelta(days=note.in_days),
                time=note.time,
            )

    def _person(self, place: int | None) -> int | None:
        return self.people[(place - 1) % len(self.people)] if place and self.people else None


def _people(board: Board, by: Person | Actor, today: date) -> list[int]:
    """Whoever asks first (a newcomer finds cards with the own name), then the team, then its coaches and leaders."""
    members = list(board_queries.members_of(board, today).order_by("pk").values_list("pk", flat=True))
    team = set(TeamMembership.objects.filter(during(today), team=board.team_id).values_list("person", flat=True))
    first = by.pk if isinstance(by, Person) else None
    return sorted(members, key=lambda person: (person != first, person not in team))


def _check(board: Board) -> None:
    if board.kind != Board.Kind.PRACTICE:
        raise NotAPracticeBoard


def _fresh(board: Board) -> Board:
    return Board.objects.get(pk=board.pk)


def _operation(kind: str, **payload: Any) -> Operation:
    return Operation(uuid4(), PAYLOADS[kind](**payload))


def _apply(board: Board, by: Person | Actor, asked: Sequence[Operation], now: datetime) -> None:
    """Apply all of ``asked``, or raise the first refusal and change nothing."""
    actor = person_actor(by.pk) if isinstance(by, Person) else by
    for result in operations.apply(board_id=board.pk, by=actor, operations=asked, now=now):
        if result.refusal is not None:
            raise result.refusal
