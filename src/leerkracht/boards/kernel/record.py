"""The record of a session, read from the log: what changed between its start and its end, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from leerkracht.boards.rules.entities import (
    ENTITIES,
    OPEN_GOAL,
    Action,
    BoardState,
    Change,
    Goal,
    Measurement,
    Note,
    Session,
)
from leerkracht.boards.rules.fold import fold
from leerkracht.core.rules import gettext_noop as _

PLANNED_SECONDS = 15 * 60
# Closing clears the board; what it takes away was dealt with, not undone.
CLOSING_KINDS = ("session.close", "session.start")


@dataclass(frozen=True)
class Line:
    """One line of the log as the record reads it."""

    kind: str
    changes: Sequence[Change]


@dataclass(frozen=True)
class Sitting:
    """One group at the board: who was there, who had which role, seconds per step."""

    number: int
    present: tuple[int, ...]
    roles: Mapping[str, int | None]
    spent: Mapping[str, int]

    @property
    def seconds(self) -> int:
        return sum(self.spent.values())


@dataclass(frozen=True)
class Measured:
    """A goal that was measured: the new value beside the one before it."""

    goal: Goal
    now: Measurement
    before: float | None


@dataclass(frozen=True)
class Record:
    """What a session did. People are ids; the page puts names to them."""

    session: Session
    sittings: tuple[Sitting, ...] = ()
    successes: tuple[Note, ...] = ()
    measured: tuple[Measured, ...] = ()
    new_goals: tuple[Goal, ...] = ()
    closed_goals: tuple[Goal, ...] = ()
    new_actions: tuple[Action, ...] = ()
    done: tuple[Action, ...] = ()
    carried: tuple[Action, ...] = ()
    dropped: tuple[Action, ...] = ()
    planned: tuple[Note, ...] = ()
    parked: tuple[Note, ...] = ()
    help: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    @property
    def present(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(person for sitting in self.sittings for person in sitting.present))

    @property
    def is_empty(self) -> bool:
        """Whether nothing on the board changed: people stood there all the same."""
        cards = (self.successes, self.measured, self.new_goals, self.closed_goals, self.new_actions, self.done)
        rest = (self.carried, self.dropped, self.planned, self.parked, self.help, self.notes)
        return not any(cards) and not any(rest)

    @property
    def minutes(self) -> int:
        """Whole minutes of the longest sitting, at least one: two groups of fifteen are not one of thirty."""
        return max(1, round(max((s.seconds for s in self.sittings), default=0) / 60))


def record(before: BoardState, lines: Sequence[Line], session: Session) -> Record:
    """Build the record of ``session``.

    ``before`` is the board when the session started (it is not touched), ``lines`` what was done from then on.
    """
    state = BoardState(before.seq, *(dict(before.rows(name)) for name in ENTITIES))
    roles: dict[int, Mapping[str, int | None]] = {}
    for line in lines:
        fold(state, _without_clearing(line), seq=state.seq)
        now = state.session.get(session.id)
        if now is not None:
            roles[now.sitting] = {"leader": now.leader, "timekeeper": now.timekeeper, "notetaker": now.notetaker}
    told = state.session.get(session.id, session)
    return Record(
        session=told if told.state == session.state else session,
        sittings=tuple(_sitting(number, roles[number], told, state) for number in sorted(roles)),
        measured=tuple(_measured(before, state)),
        new_goals=tuple(g for g in _hanging(state.goal) if _became(g, before.goal, "ACTIVE")),
        closed_goals=tuple(g for g in state.goal.values() if g.state not in OPEN_GOAL and _moved(g, before.goal)),
        new_actions=tuple(a for a in _hanging(state.action) if a.id not in before.action),
        done=tuple(a for a in _hanging(state.action) if _became(a, before.action, "DONE")),
        dropped=tuple(a for a in _hanging(state.action) if _became(a, before.action, "DROPPED")),
        carried=tuple(a for a in _hanging(state.action) if a.state == "OPEN" and _was_carried(a, before.action)),
        **_notes(before, state),
    )


def _without_clearing(line: Line) -> Iterable[Change]:
    if line.kind not in CLOSING_KINDS:
        return line.changes
    return [change for change in line.changes if change.entity in ("session", "attendance")]


def _hanging(rows: Mapping[UUID, Any]) -> list[Any]:
    return sorted((row for row in rows.values() if row.on_board), key=lambda row: (row.position, row.id))


def _became(card: Any, before: Mapping[UUID, Any], wanted: str) -> bool:
    known = before.get(card.id)
    return card.state == wanted and (known is None or known.state != wanted)


def _moved(card: Any, before: Mapping[UUID, Any]) -> bool:
    return card.id not in before or before[card.id].state != card.state


def _was_carried(action: Action, before: Mapping[UUID, Action]) -> bool:
    known = before.get(action.id)
    return action.carried > (known.carried if known else 0)


def _sitting(number: int, roles: Mapping[str, int | None], session: Session, state: BoardState) -> Sitting:
    rows = [a for a in state.attendance.values() if a.session == session.id and a.sitting == number and a.is_present]
    return Sitting(number, tuple(sorted({a.person for a in rows})), roles, dict(session.spent.get(str(number), {})))


def _measured(before: BoardState, state: BoardState) -> Iterable[Measured]:
    new = [m for m in state.measurement.values() if m.id not in before.measurement and m.on_board]
    last = {m.goal: m for m in sorted(new, key=lambda m: (m.date, m.id))}
    for goal_id, now in last.items():
        earlier = [m for m in before.measurement.values() if m.goal == goal_id and m.on_board]
        goal = state.goal[goal_id]
        yield Measured(goal, now, max(earlier, key=lambda m: (m.date, m.id)).value if earlier else goal.baseline)


_NOTE_LISTS = {"SUCCESSES": "successes", "PLANNING": "planned", "PARKED": "parked", "HELP": "help", "CUSTOM": "notes"}


def _notes(before: BoardState, state: BoardState) -> dict[str, tuple[Note, ...]]:
    new = [note for note in _hanging(state.note) if note.id not in before.note]
    return {
        name: tuple(note for note in new if state.section[note.section].kind == kind)
        for kind, name in _NOTE_LISTS.items()
    }


@dataclass(frozen=True)
class Phrase:
    """One sentence and its values; the edge translates it and writes days in words."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


def summary(told: Record, *, person: int | None = None) -> list[Phrase]:
    """Five lines for who was away; the fourth names what is theirs when ``person`` is given."""
    return [_room(told), _success_line(told), _goal_line(told), _action_line(told, person), _next_line(told)]


def headline(told: Record) -> Phrase:
    """Minutes and actions in one line: what was used of the fifteen, and what came of it."""
    actions = len(told.new_actions)
    values = {"minutes": told.minutes, "planned": PLANNED_SECONDS // 60, "actions": actions}
    if actions == 0:
        return Phrase(_("%(minutes)s van %(planned)s minuten, geen nieuwe acties"), values)
    if actions == 1:
        return Phrase(_("%(minutes)s van %(planned)s minuten, 1 actie, met een eigenaar"), values)
    return Phrase(_("%(minutes)s van %(planned)s minuten, %(actions)s acties, allemaal met een eigenaar"), values)


def _room(told: Record) -> Phrase:
    values = {"day": _day_of(told.session), "count": len(told.present), "minutes": told.minutes}
    if len(told.present) == 1:
        return Phrase(_("Op %(day)s stond 1 collega aan het bord (%(minutes)s min)."), values)
    return Phrase(_("Op %(day)s stonden %(count)s collega’s aan het bord (%(minutes)s min)."), values)


def _success_line(told: Record) -> Phrase:
    if not told.successes:
        return Phrase(_("Er kwamen geen nieuwe successen bij."))
    values = {"text": told.successes[0].text, "more": len(told.successes) - 1}
    if len(told.successes) == 1:
        return Phrase(_("Gelukt: ‘%(text)s’."), values)
    return Phrase(_("Gelukt: ‘%(text)s’ en nog %(more)s."), values)


def _goal_line(told: Record) -> Phrase:
    if told.closed_goals:
        return Phrase(_("Afgesloten doel: ‘%(text)s’."), {"text": told.closed_goals[0].text})
    if told.measured:
        first = told.measured[0]
        values = {"text": first.goal.text, "value": first.now.value, "unit": first.goal.unit, "was": first.before}
        return Phrase(_("Doel ‘%(text)s’: nu %(value)s %(unit)s, was %(was)s."), values)
    if told.new_goals:
        return Phrase(_("Nieuw doel: ‘%(text)s’."), {"text": told.new_goals[0].text})
    return Phrase(_("De doelen bleven zoals ze waren."))


def _action_line(told: Record, person: int | None) -> Phrase:
    mine = [a for a in (*told.new_actions, *told.carried) if a.owner == person and a.state == "OPEN"]
    if mine:
        return Phrase(_("Voor jou: ‘%(text)s’, voor %(due)s."), {"text": mine[0].text, "due": mine[0].due_date})
    values = {"new": len(told.new_actions), "done": len(told.done), "carried": len(told.carried)}
    return Phrase(_("Acties: %(new)s nieuw, %(done)s klaar, %(carried)s doorgeschoven."), values)


def _next_line(told: Record) -> Phrase:
    if told.session.next_date is None:
        return Phrase(_("De volgende keer is nog niet gepland."))
    return Phrase(_("De volgende keer: %(day)s."), {"day": told.session.next_date})


def _day_of(session: Session) -> date:
    return session.started_at.date() if session.started_at else session.planned_date
