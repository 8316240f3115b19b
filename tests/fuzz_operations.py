"""Random operations for a board, and what must hold after any of them; no test itself."""

from __future__ import annotations

import functools
import json
import types
import typing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.db import connection
from hypothesis import strategies as st

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import DEVICE, GUEST, Actor, person_actor
from leerkracht.boards.models import Board
from leerkracht.boards.queries import state as states
from leerkracht.boards.rules.entities import STEPS, BoardState
from leerkracht.boards.rules.operations import PAYLOADS
from leerkracht.boards.services import operations
from leerkracht.boards.tests.factories import NOW, TODAY, a_board, a_member, a_team
from leerkracht.config.fault.check import differences
from leerkracht.core.queries.words import say

GOALS, ACTIONS, NOTES, SECTIONS, SESSIONS, MOMENTS = (
    tuple(UUID(int=100 * kind + number) for number in range(3)) for kind in range(1, 7)
)
CARDS = (*GOALS, *ACTIONS, *NOTES)
POOLS = {"goal": GOALS, "action": ACTIONS, "note": NOTES, "card": CARDS, "session": SESSIONS}
ASKED = tuple(UUID(int=number) for number in range(1001, 1017))
OFTEN = ("goal.add", "goal.place", "action.add", "note.add", "session.start", "session.close", "undo", "undo")
SECTION_KINDS = ("CHECK_IN", "SUCCESSES", "GOALS", "ACTIONS", "PLANNING", "PARKED", "HELP")

texts = st.one_of(
    st.sampled_from(("Drie sommen kiezen", "Les ontwerpen", "", "   ", "\u0000", "a\nb", "%s %(what)s", "x" * 201)),
    st.text(max_size=12),
)
dates = st.one_of(
    st.integers(-10, 40).map(lambda days: TODAY + timedelta(days=days)), st.dates(), st.just(date(9999, 12, 31))
)
numbers = st.one_of(st.sampled_from((0.0, 62.0, 80.0, -0.0, 1e9)), st.floats(-1e9, 1e9))


@dataclass(frozen=True)
class Step:
    """One request: who sends which operations, how much later, and whether the process was restarted before it."""

    actor: int
    asked: tuple[dict[str, Any], ...]
    minutes: int
    forgets: bool


@dataclass
class World:
    """A board with people, and everything that was answered so far."""

    board: Board
    members: list[Person]
    outsider: Person
    now: datetime = NOW
    answers: dict[str, list[operations.Result]] = field(default_factory=dict)

    def actor(self, number: int) -> Actor:
        known = [person_actor(p.pk) for p in self.members]
        return [*known, Actor(DEVICE, "wand"), Actor(GUEST, "gast")][number]


def a_world() -> World:
    """A board on which something of every kind hangs, so that random operations find something to change."""
    team = a_team()
    members = [a_member(team) for _ in range(3)]
    world = World(a_board(team), members, a_member(a_team()))
    hang = [
        _step("goal.add", id=GOALS[0], text="Een doel", **_MEASURABLE),
        _step("goal.place", id=GOALS[0]),
        _step("goal.add", id=GOALS[1], text="Een concept"),
        _step("goal.measure", id=MOMENTS[0], goal=GOALS[0], date=TODAY, value=65.0),
        _step("action.add", id=ACTIONS[0], text="Voordoen", owner={"person": 0}, due_date=TODAY, goal=GOALS[0]),
        _step("action.add", id=ACTIONS[1], text="Regelen", owner={"person": 1}, due_date=TODAY),
        _step("note.add", id=NOTES[0], section={"section": "HELP"}, text="Wie helpt?"),
        _step("note.add", id=NOTES[1], section={"section": "PLANNING"}, text="Lesbezoek", day=TODAY),
        _step("section.add", id=SECTIONS[0], title="Waarnemen"),
        _step("session.plan", id=SESSIONS[0], date=TODAY),
    ]
    assert play(world, hang) == len(hang)
    return world


def _step(kind: str, **payload: Any) -> Step:
    return Step(0, ({"id": uuid4(), "kind": kind, "payload": payload},), 0, False)


_MEASURABLE = {
    "measure": "weektoets",
    "baseline": 62.0,
    "target": 80.0,
    "start_date": TODAY,
    "end_date": TODAY + timedelta(weeks=5),
}


def steps(*, most: int) -> st.SearchStrategy[list[Step]]:
    """Lists of requests; people and sections are named by place and filled in by ``play``."""
    one = st.builds(
        Step,
        actor=st.sampled_from((0, 0, 1, 2, 3, 4)),
        asked=st.lists(asked_operations(), min_size=1, max_size=4).map(tuple),
        minutes=st.sampled_from((0, 0, 0, 1, 7, 60, 24 * 60)),
        forgets=st.booleans(),
    )
    return st.lists(one, min_size=most // 2, max_size=most)


def asked_operations() -> st.SearchStrategy[dict[str, Any]]:
    """Operations of every kind: five in six near what the rules accept, the sixth of any value that can be read."""
    ids = st.one_of(st.sampled_from(ASKED), st.uuids())
    return st.tuples(st.sampled_from((*sorted(PAYLOADS), *OFTEN)), st.integers(0, 5)).flatmap(
        lambda chosen: st.fixed_dictionaries(
            {"id": ids, "kind": st.just(chosen[0]), "payload": payloads(PAYLOADS[chosen[0]], wild=chosen[1] == 0)}
        )
    )


@functools.cache
def payloads(kind: type, *, wild: bool) -> st.SearchStrategy[dict[str, Any]]:
    needed, optional = {}, {}
    for item in msgspec.structs.fields(kind):
        likely = None if wild else _likely(kind.KIND.split(".")[0], kind.KIND, item.name)
        values = st.one_of([_of_type(part) for part in _parts(item.type)]) if likely is None else likely
        always = item.required or (kind.KIND == "goal.add" and item.name != "theme" and not wild)
        (needed if always else optional)[item.name] = values
    return st.fixed_dictionaries(needed, optional=optional)


def _likely(about: str, kind: str, name: str) -> st.SearchStrategy[Any] | None:
    if name == "id" and kind == "goal.measure":
        return st.sampled_from(MOMENTS)
    if name == "id" and kind == "section.add":
        return st.sampled_from(SECTIONS)
    if name in ("id", "after"):
        return _places if about == "section" else st.sampled_from(POOLS[about])
    return _LIKELY.get(name)


_people = st.integers(0, 2).map(lambda place: {"person": place})
_places = st.sampled_from((*SECTION_KINDS, *SECTION_KINDS, *SECTIONS)).map(lambda place: {"section": place})
_soon = st.integers(0, 20).map(lambda days: TODAY + timedelta(days=days))
_LIKELY: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("owner", "person", "leader", "timekeeper", "notetaker"), _people),
    "present": st.lists(_people, max_size=3),
    "section": _places,
    "text": st.sampled_from(("Drie sommen kiezen", "Les ontwerpen", "Fietsenhok")),
    "title": st.sampled_from(("Waarnemen", "")),
    "measure": st.sampled_from(("weektoets", "turven", "")),
    "unit": st.just("%"),
    "reason": st.just("studiedag"),
    "goal": st.sampled_from((None, *GOALS)),
    "action": st.sampled_from((None, *ACTIONS)),
    "success": st.sampled_from(NOTES),
    "due_date": _soon,
    "next_date": st.none() | _soon,
    "day": st.none() | _soon,
    "date": st.integers(-20, 0).map(lambda days: TODAY + timedelta(days=days)),
    "start_date": st.integers(-30, 0).map(lambda days: TODAY + timedelta(days=days)),
    "end_date": st.integers(-3, 40).map(lambda days: TODAY + timedelta(days=days)),
    "step": st.sampled_from(STEPS),
    "outcome": st.sampled_from(("ACHIEVED", "PARTLY", "NOT_ACHIEVED", "DROPPED")),
    "operation": st.sampled_from(ASKED),
    "time": st.sampled_from(("14.30", "9:05", "")),
    "theme": st.none(),
    "keep": st.lists(st.sampled_from(CARDS), max_size=3),
}


def _parts(annotation: Any) -> list[Any]:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        return [part for option in typing.get_args(annotation) for part in _parts(option)]
    if typing.get_origin(annotation) is typing.Annotated:
        return _parts(typing.get_args(annotation)[0])
    return [] if annotation is msgspec.UnsetType else [annotation]


def _of_type(kind: Any) -> st.SearchStrategy[Any]:
    if typing.get_origin(kind) is tuple:
        return st.lists(st.one_of([_of_type(part) for part in _parts(typing.get_args(kind)[0])]), max_size=3)
    known: dict[Any, st.SearchStrategy[Any]] = {
        UUID: st.sampled_from(CARDS),
        str: texts,
        date: dates,
        float: numbers,
        int: st.integers(),
        bool: st.booleans(),
        type(None): st.none(),
    }
    return known[kind]


def play(world: World, script: list[Step]) -> int:
    """Send ``script`` to the world's board, remember every answer, and return how many were applied."""
    applied = 0
    sections = dict(world.board.sections.values_list("kind", "id"))
    for step in script:
        if step.forgets:
            states.cache.clear()
        world.now += timedelta(minutes=step.minutes)
        raw = [msgspec.Raw(json.dumps(_filled(world, sections, asked), default=str).encode()) for asked in step.asked]
        results = operations.apply_json(board_id=world.board.pk, by=world.actor(step.actor), raw=raw, now=world.now)
        assert [result.id for result in results] == [str(asked["id"]) for asked in step.asked]
        for asked, result in zip(step.asked, results, strict=True):
            world.answers.setdefault(result.id, []).append(result)
            applied += result.status == "APPLIED"
            _check_reason(asked["kind"], result)
    return applied


def _filled(world: World, sections: dict[str, UUID], value: Any) -> Any:
    """Replace named people and sections by their numbers."""
    if isinstance(value, list | tuple):
        return [_filled(world, sections, part) for part in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"person"}:
        return [*world.members, world.outsider][value["person"]].pk
    if set(value) == {"section"}:
        return sections.get(value["section"], value["section"])
    return {name: _filled(world, sections, part) for name, part in value.items()}


def check(world: World) -> None:
    """Raise ``AssertionError`` unless log, tables, memory and answers tell one story."""
    connection.check_constraints()
    board = Board.objects.get(pk=world.board.pk)
    assert differences(board.pk) == []
    _check_answers(world, {str(key): seq for key, seq in board.operations.values_list("id", "seq")})
    _check_memory(board)


def _check_answers(world: World, places: dict[str, int]) -> None:
    for asked, results in world.answers.items():
        for result in results:
            if result.status == "REFUSED":
                assert result.refusal is not None
                assert say(result.refusal).strip()
            else:
                assert places[asked] == result.seq
        assert sum(result.status == "APPLIED" for result in results) <= 1
        if all(result.status == "REFUSED" for result in results):
            assert asked not in places


def _check_reason(kind: str, result: operations.Result) -> None:
    """A reason must fit what was asked: ‘there is a card with this number’ makes no sense to who makes no card."""
    if result.refusal is not None and result.refusal.code == "id_taken":
        assert kind.endswith((".add", ".start", ".plan", ".skip", ".celebrate", ".measure")), kind


def _check_memory(board: Board) -> None:
    """What is kept in memory shows the same board as a fresh look at the tables."""
    kept = visible(states.state_of(board))
    states.cache.clear()
    assert kept == visible(states.state_of(board))


def visible(state: BoardState) -> dict[str, Any]:
    """The part of a state that screens draw: what hangs on the board, and sessions that are not over."""
    current = state.current_session()
    shown = {
        name: {key: row for key, row in state.rows(name).items() if row.on_board}
        for name in ("goal", "measurement", "action", "note")
    }
    shown["section"] = dict(state.section)
    shown["session"] = {key: row for key, row in state.session.items() if row.state in _NOT_OVER}
    shown["attendance"] = {
        key: row for key, row in state.attendance.items() if current is not None and row.session == current.id
    }
    return shown


_NOT_OVER = ("PLANNED", "RUNNING", "BETWEEN")
__all__ = ["World", "a_world", "check", "play", "steps", "visible"]
