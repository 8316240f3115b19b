"""One team's term, session by session, as operations of who was there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from leerkracht.accounts.rules import Actor, person_actor
from leerkracht.boards.kernel.pace import DEFAULT_SPLIT
from leerkracht.boards.models import Board
from leerkracht.boards.queries.examples import examples_for
from leerkracht.boards.queries.rhythm import region_of
from leerkracht.boards.queries.rota import turns_for
from leerkracht.boards.rules.entities import STEPS
from leerkracht.boards.rules.operations import PAYLOADS, Operation
from leerkracht.boards.services import operations
from leerkracht.core.kernel.periods import DAY, WEEK
from leerkracht.core.queries.calendar import calendar

from .stories import ActionTold, BoardTold, GoalTold, NoteTold
from .world import World

PRESENT_SHARE = 0.92
SECOND_GROUP_AFTER = 2 * DAY
HOUR = timedelta(hours=1)


def school_day_after(board: Board, day: date, count: int) -> date:
    """The ``count``-th school day after ``day``."""
    region, days = region_of(board), calendar()
    for _time in range(count):
        day = days.next_school_day(region, day + DAY)
    return day


def due_day(board: Board, today: date, days: int) -> date:
    """``days`` from today, moved to a school day: forward for what is to come, back for what is late."""
    region, day = region_of(board), today + days * DAY
    while not calendar().is_school_day(region, day):
        day += DAY if days >= 0 else -DAY
    return day


@dataclass
class Sitting:
    """Fifteen minutes at the board: who stands there, who leads, and the time it is."""

    ago: int
    session: UUID
    roles: dict[str, int | None]
    present: tuple[int, ...]
    clock: datetime

    @property
    def leader(self) -> Actor:
        return person_actor(self.roles["leader"] or self.present[0])


@dataclass
class Term:
    """``days[ago]`` is the day of a session; ``days[0]`` is today."""

    board: Board
    story: BoardTold
    days: list[date]
    world: World
    chance: Random
    themes: dict[str, int]
    goals: dict[int, UUID] = field(default_factory=dict)
    actions: dict[int, UUID] = field(default_factory=dict)
    notes: dict[int, UUID] = field(default_factory=dict)

    def play(self) -> None:
        """Everything up to now; the session of today is planned and has not begun."""
        self.sections = dict(self.board.sections.values_list("kind", "id"))
        self.examples = examples_for(self.board.school.sector)
        first = len(self.days) - 1
        self.planned = self._key()
        self._do(
            self._first_actor(), self._at(first) - 3 * HOUR, "session.plan", id=self.planned, date=self.days[first]
        )
        for ago in range(first, 0, -1):
            if ago == self.story.missed:
                self._do(
                    self._first_actor(), self._at(ago) + DAY, "session.plan", id=self.planned, date=self.days[ago - 1]
                )
            elif ago == self.story.skipped:
                self._skip(ago)
            else:
                self._finish_early(ago)
                self._hold(ago)

    def _skip(self, ago: int) -> None:
        by, at = self._first_actor(), self._at(ago) - DAY
        self._do(by, at, "session.skip", id=self.planned, date=self.days[ago], reason=self.story.reason)
        self._plan_next(by, at, ago)

    def _plan_next(self, by: Actor, at: datetime, ago: int) -> None:
        self.planned = self._key()
        self._do(by, at, "session.plan", id=self.planned, date=self.days[ago - 1])

    def _finish_early(self, ago: int) -> None:
        """Half of what gets done is ticked off by its owner on the day before, not at the board."""
        for number, told in enumerate(self.story.actions):
            if told.done == ago and not told.success and number in self.actions and self.chance.random() < 0.5:
                self._do(self._person(told.owner), self._at(ago) - DAY, "action.done", id=self.actions[number])

    def _hold(self, ago: int) -> None:
        sitting = self._open(ago, self._at(ago), away=set(), resumes=False)
        self._walk(sitting, told=True)
        second = self._second_group(ago, sitting)
        if second:
            self._pause(sitting)
            sitting = self._open(ago, self._at(ago) + SECOND_GROUP_AFTER, away=set(sitting.present), resumes=True)
            self._walk(sitting, told=False)
        next_date = self.days[ago - 1]
        by = sitting.leader
        self._do(by, self._tick(sitting, 20), "session.round_off", id=sitting.session, **self._top_and_tip(ago))
        self._do(by, self._tick(sitting, 25), "session.close", id=sitting.session, next_date=next_date)
        self._plan_next(by, self._tick(sitting, 5), ago)

    def _second_group(self, ago: int, sitting: Sitting) -> bool:
        """Part-timers stand at the board two days later, where the story and the week allow it."""
        day = self.days[ago] + SECOND_GROUP_AFTER
        later = turns_for(self.board, day).expected - set(sitting.present)
        return bool(self.story.two_sittings and later and day.weekday() < 5 and day < self.days[ago - 1])

    def _pause(self, sitting: Sitting) -> None:
        day = self.days[sitting.ago] + SECOND_GROUP_AFTER
        self._do(sitting.leader, self._tick(sitting, 15), "session.pause", id=sitting.session, next_date=day)

    def _open(self, ago: int, at: datetime, *, away: set[int], resumes: bool) -> Sitting:
        turns = turns_for(self.board, timezone.localdate(at))
        expected = sorted(turns.expected - away)
        ill = {person for person in expected if self.chance.random() > PRESENT_SHARE}
        present = tuple(person for person in expected if person not in ill) or tuple(expected)
        everybody = {member.id for member in turns.members}
        roles = turns.propose(everybody - set(present))
        sitting = Sitting(ago, self.planned, roles, present, at + timedelta(minutes=self.chance.randint(-2, 6)))
        kind = "session.resume" if resumes else "session.start"
        self._do(sitting.leader, sitting.clock, kind, id=sitting.session, present=present, **roles)
        return sitting

    def _walk(self, sitting: Sitting, *, told: bool) -> None:
        """Go through the steps in about the time they usually take; what was said happens on the way."""
        for place, step in enumerate(STEPS):
            if place:
                self._do(sitting.leader, sitting.clock, "session.step", id=sitting.session, step=step)
            seconds = DEFAULT_SPLIT[step] * self.chance.uniform(0.6, 1.25)
            events = list(self._events(step, sitting.ago)) if told else []
            for number, (by, kind, payload) in enumerate(events, start=1):
                at = sitting.clock + timedelta(seconds=seconds * number / (len(events) + 1))
                self._do(by or sitting.leader, at, kind, **payload)
            sitting.clock += timedelta(seconds=seconds)

    def _events(self, step: str, ago: int) -> Iterator[tuple[Actor | None, str, dict[str, Any]]]:
        """What a step of the session ``ago`` brings: who, what kind, which payload."""
        if step == "SUCCESSES":
            yield from self._new_notes(ago, ("SUCCESSES",))
        if step == "GOALS":
            for number, goal in enumerate(self.story.goals, start=1):
                yield from self._goal(number, goal, ago)
        if step == "ACTIONS":
            for number, action in enumerate(self.story.actions):
                yield from self._action(number, action, ago)
        if step == "PLANNING":
            yield from self._new_notes(ago, ("PLANNING", "PARKED", "HELP"))
            yield from (
                (None, "note.close", {"id": self.notes[n]}) for n, t in enumerate(self.story.notes) if t.closed == ago
            )

    def _goal(self, number: int, told: GoalTold, ago: int) -> Iterator[tuple[Actor | None, str, dict[str, Any]]]:
        if told.ago == ago:
            key = self.goals[number] = self._key()
            start = self.days[ago]
            period = (
                {} if told.is_draft else {"start_date": start, "end_date": start + told.length(self.examples) * WEEK}
            )
            theme = self.themes.get(told.theme)
            yield None, "goal.add", {"id": key, "theme": theme, **period, **told.fields(self.examples)}
            if not told.is_draft:
                yield None, "goal.place", {"id": key}
        for moment, value in told.values:
            if moment == ago:
                day = self.days[ago]
                yield None, "goal.measure", {"id": self._key(), "goal": self.goals[number], "date": day, "value": value}
        if told.closed == ago:
            yield None, "goal.close", {"id": self.goals[number], "outcome": told.outcome, "kept": told.kept}

    def _action(self, number: int, told: ActionTold, ago: int) -> Iterator[tuple[Actor | None, str, dict[str, Any]]]:
        owner = self._person(told.owner)
        if told.ago == ago:
            key = self.actions[number] = self._key()
            goal = self.goals.get(told.goal) if told.goal else None
            due = self._due(told, ago)
            yield (
                None,
                "action.add",
                {"id": key, "text": told.text, "owner": int(owner.id), "due_date": due, "goal": goal},
            )
        key = self.actions[number] if number in self.actions else self._key()
        if told.done == ago and told.success:
            yield owner, "action.celebrate", {"id": key, "success": self._key(), "text": told.success}
        elif told.done == ago:
            yield owner, "action.done", {"id": key}
        if ago in told.carried:
            yield owner, "action.carry", {"id": key, "due_date": self._due(told, ago)}
        if told.dropped == ago:
            yield None, "action.drop", {"id": key}

    def _due(self, told: ActionTold, ago: int) -> date:
        """The day before the next session, or the day the story names for what is still open."""
        later = [moment for moment in told.carried if moment < ago]
        if told.due is not None and not later:
            return max(due_day(self.board, self.days[0], told.due), self.days[ago])
        return max(self.days[ago - 1] - DAY, self.days[ago])

    def _new_notes(self, ago: int, sections: tuple[str, ...]) -> Iterator[tuple[Actor | None, str, dict[str, Any]]]:
        for number, told in enumerate(self.story.notes):
            if told.ago == ago and told.section in sections:
                key = self.notes[number] = self._key()
                by = self._person(told.person) if told.person else None
                yield by, "note.add", {"id": key, **self._note(told, ago)}

    def _note(self, told: NoteTold, ago: int) -> dict[str, Any]:
        day = None
        if told.today is not None:
            day = school_day_after(self.board, self.days[0], told.today)
        elif told.in_days is not None:
            day = school_day_after(self.board, self.days[ago], told.in_days)
        return {
            "section": self.sections[told.section],
            "text": told.text,
            "detail": told.detail,
            "person": int(self._person(told.person).id) if told.person else None,
            "day": day,
            "time": told.time,
        }

    def _top_and_tip(self, ago: int) -> dict[str, str]:
        tops, tips = self.story.tops, self.story.tips
        return {"top": tops[ago % len(tops)], "tip": tips[ago % len(tips)]}

    def _key(self) -> UUID:
        """An id that is the same each time the world is built."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def _person(self, name: str) -> Actor:
        return person_actor(self.world.people[name].pk)

    def _first_actor(self) -> Actor:
        return self._person(self.story.actions[0].owner)

    def _at(self, ago: int) -> datetime:
        return timezone.make_aware(datetime.combine(self.days[ago], self.story.clock))

    def _tick(self, sitting: Sitting, seconds: int) -> datetime:
        sitting.clock += timedelta(seconds=seconds)
        return sitting.clock

    def _do(self, by: Actor, at: datetime, kind: str, **payload: Any) -> None:
        asked = [Operation(self._key(), PAYLOADS[kind](**payload))]
        [result] = operations.apply(board_id=self.board.pk, by=by, operations=asked, now=min(at, self.world.now))
        if result.refusal is not None:
            raise result.refusal
