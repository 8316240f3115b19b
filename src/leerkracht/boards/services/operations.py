"""Apply operations to a board: rule → log row → ordinary tables, in one transaction, each operation wholly or not."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import Any
from uuid import UUID

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone

from leerkracht.accounts.rules import GUEST, Actor
from leerkracht.core.kernel.chain import SALT_BYTES, content_digest
from leerkracht.core.live.hub import hub
from leerkracht.core.rules import Refusal

from ..models import Board
from ..models import Operation as LogLine
from ..queries import boards as board_queries
from ..queries import pace
from ..queries import state as states
from ..rules import refusals
from ..rules.decide import Caution, Context, decide
from ..rules.entities import BoardState, Change
from ..rules.fold import fold
from ..rules.operations import Malformed, Operation, StartSession, Undo, read
from ..rules.wire import Event, topic_of
from . import check_in, records
from .nodes import notify_other_nodes

MOST_AT_ONCE = 200
PERSON_FIELDS = ("owner", "person", "leader", "timekeeper", "notetaker", "present")
_ENCODER = msgspec.json.Encoder()


class Result(msgspec.Struct, frozen=True):
    """The answer to one operation: APPLIED or ALREADY_APPLIED with its place in the log, or REFUSED with the reason."""

    id: str
    status: str
    seq: int | None = None
    refusal: Refusal | None = None
    cautions: tuple[Caution, ...] = ()


def apply(*, board_id: int, by: Actor, operations: Sequence[Operation], now: datetime) -> list[Result]:
    """Apply ``operations`` in order and answer each; a refused one does not stop the next.

    The caller has checked that ``by`` may write on this board. Safe to repeat: an id that the log knows is answered
    with the place it has. Watching screens hear of it after the commit.
    """
    try:
        return _apply(board_id, by, operations, now)
    except IntegrityError:
        # Another board took one of these ids between our look and our write; the second look knows it.
        return _apply(board_id, by, operations, now)


@transaction.atomic
def _apply(board_id: int, by: Actor, operations: Sequence[Operation], now: datetime) -> list[Result]:
    board = Board.objects.select_for_update().get(pk=board_id)
    known = _known([operation.id for operation in operations])
    work = _Work(board, by, now)
    results = [_answer(operation, known, work) for operation in operations]
    if work.lines:
        _finish(work)
        states.cache.put(board.pk, work.lines[-1].id, states.without_left(work.state))
    return results


def _finish(work: _Work) -> None:
    LogLine.objects.bulk_create(work.lines)
    last, board_id = work.lines[-1], work.board.pk
    Board.objects.filter(pk=board_id).update(last_seq=last.seq, last_operation=last.id)
    notify_other_nodes(board_id)
    transaction.on_commit(partial(announce, board_id, work.events, work.state))


@transaction.atomic
def write_changes(*, board_id: int, by: Actor, operation: Operation, changes: Sequence[Change], now: datetime) -> None:
    """Write what follows for a board from a decision elsewhere (two persons became one), in the archive too.

    The state in memory is not folded on: cards that left the board change as well. Who asks next reads it anew.
    """
    work = _Work(Board.objects.select_for_update().get(pk=board_id), by, now)
    _write(changes, board_id)
    work.seq += 1
    _log(operation, changes, work, session_id=None)
    _finish(work)


def apply_json(*, board_id: int, by: Actor, raw: Sequence[msgspec.Raw], now: datetime) -> list[Result]:
    """Like ``apply`` for operations as they came over the wire; an unreadable one is refused, the others go on."""
    results: list[Result | None] = []
    readable = []
    for item in raw:
        try:
            readable.append(read(item))
            results.append(None)
        except Malformed as refusal:
            results.append(Result(_id_of(item), "REFUSED", refusal=refusal))
    applied = iter(apply(board_id=board_id, by=by, operations=readable, now=now) if readable else ())
    return [result or next(applied) for result in results]


def announce(board_id: int, events: Sequence[Event], state: BoardState) -> None:
    """Tell the screens that watch this board; the check-in follows its session."""
    hub.publish(topic_of(board_id), [event.as_stream() for event in events], number=events[-1].seq)
    touched = [event for event in events if event.kind.startswith("session.")]
    if touched:
        ended = [change.id for event in touched for change in event.changes if change.set.get("state") == "CLOSED"]
        check_in.follow(board_id, state, next(iter(ended), None))
        for session_id in ended:
            records.ask_for_pdf(board_id=board_id, session_id=session_id)


class _Work:
    """What one call gathers: the state so far, and the lines to write."""

    def __init__(self, board: Board, by: Actor, now: datetime) -> None:
        self.board, self.by, self.now = board, by, now
        self.today = timezone.localdate(now)
        self.state = states.copy_of(states.state_of(board))
        self.seq = board.last_seq
        self.lines: list[LogLine] = []
        self.events: list[Event] = []

    @cached_property
    def members(self) -> frozenset[int]:
        return frozenset(board_queries.members_of(self.board, self.today).values_list("pk", flat=True))

    def as_now(self, operation: Operation) -> Operation:
        """A device that was away may name somebody who became another since: it means that person."""
        strangers = _named(operation.payload) - self.members if _named(operation.payload) else frozenset()
        merged = states.merged_people(strangers) if strangers else {}
        if not merged:
            return operation
        known = msgspec.structs.asdict(operation.payload)
        named = {name: _in_place(known[name], merged) for name in PERSON_FIELDS if name in known}
        return Operation(operation.id, msgspec.structs.replace(operation.payload, **named))

    def context(self, operation: Operation) -> Context:
        payload = operation.payload
        has_theme = getattr(payload, "theme", None) not in (None, msgspec.UNSET)
        return Context(
            operation=operation.id,
            now=self.now,
            today=self.today,
            board_kind=self.board.kind,
            actor_kind=self.by.kind,
            members=self.members if _named(payload) else frozenset(),
            themes=board_queries.themes_of(self.board, self.today) if has_theme else frozenset(),
            split=pace.split_for(self.board) if isinstance(payload, StartSession) else {},
            undone=_undone(payload.operation, self) if isinstance(payload, Undo) else None,
        )


def _named(payload: Any) -> frozenset[int]:
    """The people whom ``payload`` names."""
    values = [getattr(payload, name, None) for name in PERSON_FIELDS]
    several = [value if isinstance(value, tuple) else (value,) for value in values]
    return frozenset(person for people in several for person in people if isinstance(person, int))


def _in_place(value: Any, merged: Mapping[int, int]) -> Any:
    if isinstance(value, tuple):
        return tuple(merged.get(person, person) for person in value)
    return merged.get(value, value) if isinstance(value, int) else value


def _answer(operation: Operation, known: dict[UUID, tuple[int, int]], work: _Work) -> Result:
    if operation.id in known:
        board_id, seq = known[operation.id]
        if board_id != work.board.pk:
            return Result(str(operation.id), "REFUSED", refusal=refusals.already_there())
        return Result(str(operation.id), "ALREADY_APPLIED", seq)
    try:
        cautions = _apply_one(operation, work)
    except Refusal as refusal:
        return Result(str(operation.id), "REFUSED", refusal=refusal)
    known[operation.id] = (work.board.pk, work.seq)
    return Result(str(operation.id), "APPLIED", work.seq, cautions=tuple(cautions))


def _apply_one(operation: Operation, work: _Work) -> list[Caution]:
    if work.board.archived_at is not None:
        raise refusals.board_archived()
    operation = work.as_now(operation)
    decision = decide(operation, work.state, work.context(operation))
    try:
        with transaction.atomic():
            _write(decision.changes, work.board.pk)
    except IntegrityError as error:
        # The database holds what the state in memory cannot know: an id used by a card that left the board.
        raise refusals.already_there() from error
    work.seq += 1
    fold(work.state, decision.changes, seq=work.seq)
    session = work.state.current_session()
    session_id = session.id if session else _session_of(decision.changes)
    _log(operation, decision.changes, work, session_id=session_id)
    return decision.cautions


def _write(changes: Sequence[Change], board_id: int) -> None:
    for change in changes:
        model = states.MODELS[change.entity]
        columns = states.COLUMNS[change.entity]
        fields = {columns[name]: value for name, value in change.set.items()}
        if change.was is not None:
            model._base_manager.filter(pk=change.id).update(**fields)
        else:
            model(id=change.id, board_id=board_id, **fields).save(force_insert=True)


def _log(operation: Operation, changes: Sequence[Change], work: _Work, *, session_id: UUID | None) -> None:
    payload, salt = _ENCODER.encode(operation.payload), os.urandom(SALT_BYTES)
    changed = _ENCODER.encode(changes)
    line = LogLine(
        id=operation.id,
        board=work.board,
        seq=work.seq,
        session_id=session_id,
        actor_kind=work.by.kind,
        actor_id=work.by.id,
        kind=operation.kind,
        payload=payload,
        changes=changed,
        salt=salt,
        digest=content_digest(salt, payload, changed),
        applied_at=work.now,
    )
    work.lines.append(line)
    work.events.append(Event.of(line, list(changes)))


def _session_of(changes: Sequence[Change]) -> UUID | None:
    """The session that an operation just closed."""
    return next((change.id for change in changes if change.entity == "session"), None)


def _undone(operation_id: UUID, work: _Work) -> tuple[Change, ...] | None:
    line = LogLine.objects.filter(pk=operation_id, board=work.board).first()
    if line is None or line.kind in NOT_UNDONE or not _may_undo(line, work):
        return None
    changes = states.as_now(states.changes_of(line))
    states.with_cards(work.state, changes)
    return changes


def _may_undo(line: LogLine, work: _Work) -> bool:
    """A guest takes back what was done in the session that let them in, and nothing older."""
    current = work.state.current_session()
    return work.by.kind != GUEST or (current is not None and line.session_id == current.id)


# A session that starts, steps or waits is a fact of the room; closing one too early can be taken back.
NOT_UNDONE = frozenset(
    {"session.start", "session.step", "session.pause", "session.resume", "session.skip", "person.move", "undo"}
)


def _known(ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    rows = LogLine.objects.filter(pk__in=ids).values_list("id", "board_id", "seq")
    return {key: (board_id, seq) for key, board_id, seq in rows}


def _id_of(item: msgspec.Raw) -> str:
    try:
        found: Any = msgspec.json.decode(item)
        return str(found.get("id", ""))[:36] if isinstance(found, dict) else ""
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
