"""Goals to choose from and what hangs on a practice board: read once from files that a colleague can edit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from django.conf import settings

from ..rules.decide.context import LINE, PARAGRAPH
from ..rules.decide.goals import LONGEST_WEEKS, SHORTEST_WEEKS

GOALS_FILE, PRACTICE_FILE = "example-goals.toml", "practice-board.toml"
SECTORS = ("PO", "VO", "SO", "MBO")
UNIT = 20
Entry = TypeVar("Entry", bound=msgspec.Struct)


class ContentFileRefused(ValueError):
    """A content file cannot be used; the text names file, entry and reason."""


class ExampleGoal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A goal of a sector to put into one's own words; ``actions`` are what teachers could do for it."""

    sector: str
    subject: str
    text: str
    english: str
    measure: str
    unit: str
    baseline: float
    target: float
    weeks: int
    actions: tuple[str, ...]


class PracticeMeasurement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``reached`` is the share of the way from baseline to target."""

    days_ago: int
    reached: float


class PracticeGoalAction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ``example``-th action of the goal, owned by the ``owner``-th colleague (both from 1)."""

    example: int
    owner: int
    due_in_days: int
    carried: int = 0


class PracticeGoal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ``example``-th goal of the sector, as a team that is on its way with it."""

    example: int
    started_days_ago: int
    measurements: tuple[PracticeMeasurement, ...] = ()
    actions: tuple[PracticeGoalAction, ...] = ()


class PracticeAction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    owner: int
    due_in_days: int


class PracticeNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    detail: str = ""
    owner: int | None = None
    in_days: int | None = None
    time: str = ""


class PracticeBoard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything on a practice board, for any sector."""

    goals: tuple[PracticeGoal, ...]
    actions: tuple[PracticeAction, ...]
    successes: tuple[PracticeNote, ...]
    planning: tuple[PracticeNote, ...]
    parked: tuple[PracticeNote, ...]
    help: tuple[PracticeNote, ...]


def examples_for(sector: str) -> tuple[ExampleGoal, ...]:
    """Example goals of ``sector`` (a code of ``organisations.Sector``), in the order of the file."""
    return _examples().get(sector.upper(), ())


@cache
def _examples() -> Mapping[str, tuple[ExampleGoal, ...]]:
    return read_examples(Path(settings.CONTENT_HOME) / GOALS_FILE)


@cache
def practice_board() -> PracticeBoard:
    """What hangs on a practice board; read again only when the process starts again."""
    return read_practice_board(Path(settings.CONTENT_HOME) / PRACTICE_FILE)


def read_examples(path: Path) -> dict[str, tuple[ExampleGoal, ...]]:
    """Return the example goals in ``path`` by sector, or raise ``ContentFileRefused``."""
    entries = _decoded(path).get("goals")
    if not isinstance(entries, list):
        raise ContentFileRefused(f"{path.name}: expected a list [[goals]]")
    goals = [_goal(path, number, entry) for number, entry in enumerate(entries, 1)]
    return {sector: tuple(goal for goal in goals if goal.sector == sector) for sector in SECTORS}


def read_practice_board(path: Path) -> PracticeBoard:
    """Return the practice board in ``path``, or raise ``ContentFileRefused``."""
    board = _converted(path, "the board", _decoded(path), PracticeBoard)
    notes = [*board.successes, *board.planning, *board.parked, *board.help]
    for text in [*(note.text for note in notes), *(action.text for action in board.actions)]:
        _check_length(path, text, "text", text, LINE)
    for note in notes:
        _check_length(path, note.text, "detail", note.detail, PARAGRAPH, may_be_empty=True)
    return board


def _goal(path: Path, number: int, entry: object) -> ExampleGoal:
    name = f"goal {number}"
    goal = _converted(path, name, entry, ExampleGoal)
    goal = msgspec.structs.replace(goal, sector=goal.sector.upper())
    if goal.sector not in SECTORS:
        raise ContentFileRefused(f"{path.name}, {name}: sector must be po, vo, so or mbo, got {goal.sector.lower()!r}")
    if not SHORTEST_WEEKS <= goal.weeks <= LONGEST_WEEKS:
        raise ContentFileRefused(
            f"{path.name}, {name}: weeks must be {SHORTEST_WEEKS} to {LONGEST_WEEKS}, got {goal.weeks}"
        )
    if goal.baseline == goal.target:
        raise ContentFileRefused(f"{path.name}, {name}: baseline and target are both {goal.target:g}; nothing to reach")
    if not goal.actions:
        raise ContentFileRefused(f"{path.name}, {name}: actions is empty; name at least one")
    for field, limit in (("text", LINE), ("english", LINE), ("measure", LINE), ("subject", LINE), ("unit", UNIT)):
        _check_length(path, name, field, getattr(goal, field), limit)
    for action in goal.actions:
        _check_length(path, name, "action", action, LINE)
    return goal


def _decoded(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = msgspec.toml.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, ValueError) as error:
        raise ContentFileRefused(f"{path.name}: {error}") from error
    return found


def _converted(path: Path, name: str, entry: object, kind: type[Entry]) -> Entry:
    try:
        return msgspec.convert(entry, kind)
    except msgspec.ValidationError as error:
        raise ContentFileRefused(f"{path.name}, {name}: {error}") from error


def _check_length(path: Path, name: str, field: str, text: str, limit: int, *, may_be_empty: bool = False) -> None:
    if not text.strip() and not may_be_empty:
        raise ContentFileRefused(f"{path.name}, {name}: {field} is empty")
    if len(text) > limit:
        raise ContentFileRefused(f"{path.name}, {name}: {field} has {len(text)} characters, at most {limit} fit")
