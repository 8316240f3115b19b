"""The state of a board: read from its tables once, then kept in memory for as long as the log has not moved on."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Model, Q, QuerySet

from leerkracht.accounts.models import Person

from ..models import Action, Attendance, Board, BoardSession, Goal, Measurement, Note, Operation, Section
from ..rules.entities import ENTITIES, BoardState, Change
from ..rules.fold import typed

KEPT_BOARDS = 600
MODELS: dict[str, type[Model]] = {
    "section": Section,
    "goal": Goal,
    "measurement": Measurement,
    "action": Action,
    "note": Note,
    "session": BoardSession,
    "attendance": Attendance,
}
FIELDS = {name: tuple(f.name for f in msgspec.structs.fields(kind)) for name, kind in ENTITIES.items()}
# A card's field and its column: foreign keys are named without ``_id`` on a card.
COLUMNS = {
    name: {f: str(getattr(MODELS[name]._meta.get_field(f), "attname", f)) for f in fields}
    for name, fields in FIELDS.items()
}
NAMING_FIELDS = frozenset({"owner", "person", "leader", "timekeeper", "notetaker"})
_UNDERWAY = Q(state__in=("PLANNED", "RUNNING", "BETWEEN"))
_CHANGES = msgspec.json.Decoder(list[Change])


class StateCache:
    """States by board, least recently used first out. A state counts only while the board names the same last line."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._states: OrderedDict[int, tuple[UUID | None, BoardState]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, board: Board) -> BoardState | None:
        with self._lock:
            stamp, state = self._states.get(board.pk, (None, None))
            if state is None or stamp != board.last_operation or state.seq != board.last_seq:
                return None
            self._states.move_to_end(board.pk)
            return state

    def put(self, board_id: int, stamp: UUID | None, state: BoardState) -> None:
        with self._lock:
            self._states[board_id] = (stamp, state)
            self._states.move_to_end(board_id)
            while len(self._states) > self._size:
                self._states.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._states.clear()


cache = StateCache(KEPT_BOARDS)


def state_of(board: Board) -> BoardState:
    """Return what hangs on ``board`` now; treat it as read-only (it is shared between threads)."""
    known = cache.get(board)
    if known is not None:
        return known
    state = _load(board)
    fresh = Board.objects.only("last_seq", "last_operation").get(pk=board.pk)
    while fresh.last_seq != board.last_seq:  # somebody wrote while we read: read again, of one moment
        board.last_seq, board.last_operation = fresh.last_seq, fresh.last_operation
        state = _load(board)
        fresh = Board.objects.only("last_seq", "last_operation").get(pk=board.pk)
    cache.put(board.pk, board.last_operation, state)
    return state


def copy_of(state: BoardState) -> BoardState:
    """A state of one's own to fold into; the cards themselves are frozen and shared."""
    return BoardState(state.seq, *(dict(state.rows(name)) for name in ENTITIES))


def without_left(state: BoardState) -> BoardState:
    """Drop in place what left the board, so that memory holds what a fresh load would: cards, closed sessions."""
    for name in ("goal", "measurement", "action", "note"):
        rows = state.rows(name)
        for key in [key for key, row in rows.items() if not row.on_board]:
            del rows[key]
    for session in [s.id for s in state.session.values() if s.state in ("CLOSED", "SKIPPED")]:
        del state.session[session]
        for key in [key for key, row in state.attendance.items() if row.session == session]:
            del state.attendance[key]
    return state


def rows_of(entity: str, query: QuerySet[Any]) -> dict[UUID, Any]:
    """Read model rows as cards."""
    kind = ENTITIES[entity]
    return {row["id"]: kind(**row) for row in query.values(*FIELDS[entity])}


def with_cards(state: BoardState, changes: Iterable[Change]) -> None:
    """Add to ``state`` the cards that ``changes`` name and that have left the board (undo brings them back)."""
    for change in changes:
        if change.id not in state.rows(change.entity):
            found = rows_of(change.entity, MODELS[change.entity]._base_manager.filter(pk=change.id))
            state.rows(change.entity).update(found)
            if change.entity == "session":  # a session that is opened again brings along who was there
                state.attendance.update(rows_of("attendance", Attendance.objects.filter(session=change.id)))


def changes_of(operation: Operation) -> tuple[Change, ...]:
    """Decode the changes of one line of the log; none where its content was forgotten."""
    if not operation.changes:
        return ()
    return tuple(typed(change) for change in _CHANGES.decode(bytes(operation.changes)))


def merged_people(ids: Iterable[int] | None = None) -> dict[int, int]:
    """Who became whom (of ``ids``, or of everybody): the log keeps the old id."""
    rows = Person.objects.filter(merged_into__isnull=False)
    rows = rows if ids is None else rows.filter(pk__in=ids)
    return {pk: kept for pk, kept in rows.values_list("pk", "merged_into") if kept is not None}


def as_now(changes: Iterable[Change], merged: Mapping[int, int] | None = None) -> tuple[Change, ...]:
    """The same changes with the one person in place of who was merged into them; a query unless ``merged`` is given."""
    merged = merged_people() if merged is None else merged
    if not merged:
        return tuple(changes)

    def put(values: dict[str, Any]) -> dict[str, Any]:
        return {k: merged.get(v, v) if k in NAMING_FIELDS and v is not None else v for k, v in values.items()}

    return tuple(Change(c.entity, c.id, put(c.set), None if c.was is None else put(c.was)) for c in changes)


def _load(board: Board) -> BoardState:
    state = BoardState(board.last_seq)
    for name in ("goal", "measurement", "action", "note"):
        rows = MODELS[name]._base_manager.filter(board=board.pk, on_board=True)
        state.rows(name).update(rows_of(name, rows))
    state.section.update(rows_of("section", Section.objects.filter(board=board.pk)))
    state.session.update(rows_of("session", BoardSession.objects.filter(_UNDERWAY, board=board.pk)))
    current = state.current_session()
    if current is not None:
        state.attendance.update(rows_of("attendance", Attendance.objects.filter(session=current.id)))
    return state
