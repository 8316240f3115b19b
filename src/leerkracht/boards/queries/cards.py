"""A card as it hangs on the page: state, words and keys worked out, so that the template only writes them down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ..rules.entities import Action, BoardState, Goal, Note
from .card_words import card_words, figure, near_day, short_day


@dataclass(frozen=True)
class Card:
    """``look`` is late, draft, done, sun or nothing; ``key`` the one tap (operation, words)."""

    kind: str
    id: str
    text: str
    look: str = ""
    when: str = ""
    detail: str = ""
    progress: int | None = None
    initials: str = ""
    name: str = ""
    due: str = ""
    is_late: bool = False
    facts: tuple[str, ...] = ()
    goal: str = ""
    key: str = ""
    key_words: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What a card needs to know besides itself."""

    state: BoardState
    people: Mapping[int, Any]
    today: date
    words: dict[str, str]

    @classmethod
    def of(cls, state: BoardState, people: Mapping[int, Any], today: date) -> Surroundings:
        return cls(state, people, today, card_words())

    def person(self, key: int | None) -> dict[str, str]:
        known = self.people.get(key) if key is not None else None
        return {"initials": known.initials, "name": str(known)} if known else {}

    def goal_text(self, key: UUID | None) -> str:
        goal = self.state.goal.get(key) if key is not None else None
        return goal.text if goal else ""

    def say(self, word: str, **values: object) -> str:
        return self.words[word] % values if values else self.words[word]

    def day(self, day: date) -> str:
        return near_day(day, self.today, self.words)


def card_of(row: Goal | Action | Note, around: Surroundings) -> Card:
    """Work out one card."""
    if isinstance(row, Goal):
        return _goal(row, around)
    return _action(row, around) if isinstance(row, Action) else _note(row, around)


def _action(row: Action, around: Surroundings) -> Card:
    facts = [around.say("carried", count=row.carried)] if row.carried and row.state == "OPEN" else []
    rest: dict[str, Any] = {"facts": tuple(facts), "goal": around.goal_text(row.goal), **around.person(row.owner)}
    if row.state == "OPEN":
        is_late = row.due_date < around.today
        day = around.day(row.due_date)
        due = around.say("overdue", day=day) if is_late else day
        rest |= {"look": "late" if is_late else "", "due": due, "is_late": is_late}
        return Card("action", str(row.id), row.text, key="action.done", key_words=around.say("key_done"), **rest)
    if row.state == "DROPPED":
        return Card("action", str(row.id), row.text, look="done", due=around.say("dropped"), **rest)
    celebrated = any(n.action == row.id and n.on_board for n in around.state.note.values())
    key: dict[str, Any] = {} if celebrated else {"key": "action.celebrate", "key_words": around.say("key_celebrate")}
    return Card("action", str(row.id), row.text, look="done", due=around.say("done"), **rest, **key)


def _goal(row: Goal, around: Surroundings) -> Card:
    if row.state == "DRAFT":
        ready = None not in (row.baseline, row.target, row.start_date, row.end_date) and row.measure
        key: dict[str, Any] = {"key": "goal.place", "key_words": around.say("key_place")} if ready else {}
        due = around.say("draft" if ready else "draft_vague")
        return Card("goal", str(row.id), row.text, look="draft", due=due, **key)
    facts = _standing(row, around)
    if row.state != "ACTIVE":
        look = "sun" if row.state == "ACHIEVED" else "done"
        rest: dict[str, Any] = {
            "due": around.say(row.state.lower()),
            "facts": facts,
            "progress": _progress(row, around),
        }
        return Card("goal", str(row.id), row.text, look=look, detail=row.kept, **rest)
    due, is_late = _time_left(row, around)
    return Card(
        "goal",
        str(row.id),
        row.text,
        look="late" if is_late else "",
        progress=_progress(row, around),
        due=due,
        is_late=is_late,
        facts=facts,
        key="goal.measure",
        key_words=around.say("key_measure"),
    )


def latest_value(goal: Goal, state: BoardState) -> float | None:
    """The newest measurement of a goal; ``None`` before the first."""
    rows = [m for m in state.measurement.values() if m.goal == goal.id and m.on_board]
    return max(rows, key=lambda m: (m.date, m.id.int)).value if rows else None


def _standing(row: Goal, around: Surroundings) -> tuple[str, ...]:
    newest = latest_value(row, around.state)
    said = []
    if newest is not None:
        said.append(around.say("now", value=figure(newest, row.unit)))
    elif row.baseline is not None:
        said.append(around.say("start", value=figure(row.baseline, row.unit)))
    if row.target is not None:
        said.append(around.say("target", value=figure(row.target, row.unit)))
    return tuple(said)


def _progress(row: Goal, around: Surroundings) -> int | None:
    if row.baseline is None or row.target is None or row.baseline == row.target:
        return None
    newest = latest_value(row, around.state)
    way = 0.0 if newest is None else (newest - row.baseline) / (row.target - row.baseline)
    return round(100 * min(1.0, max(0.0, way)))


def _time_left(row: Goal, around: Surroundings) -> tuple[str, bool]:
    if row.end_date is None:
        return "", False
    days = (row.end_date - around.today).days
    if days < 0:
        return around.say("look_overdue", day=around.day(row.end_date)), True
    weeks = -(-days // 7)
    if weeks > 1:
        return around.say("weeks_left", count=weeks), False
    return around.say("week_left" if days == 7 else "last_week"), False


def _note(row: Note, around: Surroundings) -> Card:
    section = around.state.section.get(row.section)
    fields: dict[str, Any] = {"detail": row.detail, "goal": around.goal_text(row.goal), **around.person(row.person)}
    kind = section.kind if section else "CUSTOM"
    if row.state == "CLOSED":
        fields |= {"look": "done", "due": around.say("solved")}
    else:
        fields |= _OPEN_NOTES.get(kind, _plain)(row, around)
    return Card("note", str(row.id), row.text, when=_when(row), **fields)


def _when(row: Note) -> str:
    return " ".join(filter(None, [short_day(row.day) if row.day else "", row.time.replace(":", ".")]))


def _success(row: Note, around: Surroundings) -> dict[str, Any]:
    return {"look": "sun"}


def _help(row: Note, around: Surroundings) -> dict[str, Any]:
    if row.state == "OFFERED":
        return {"due": around.say("helps"), "key": "note.close", "key_words": around.say("key_close")}
    due = around.say("asks") if row.person else ""
    return {"due": due, "key": "note.offer", "key_words": around.say("key_offer")}


def _plan(row: Note, around: Surroundings) -> dict[str, Any]:
    if row.day is None:
        return {}
    away = (row.day - around.today).days
    return {"due": around.day(row.day)} if away in (0, 1) or not -7 < away < 7 else {}


def _plain(row: Note, around: Surroundings) -> dict[str, Any]:
    return {}


_OPEN_NOTES: dict[str, Callable[[Note, Surroundings], dict[str, Any]]] = {
    "SUCCESSES": _success,
    "HELP": _help,
    "PLANNING": _plan,
}
