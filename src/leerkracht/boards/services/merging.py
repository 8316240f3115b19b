"""When two persons become one: their cards on every board, as a line of the log that every screen hears of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import msgspec
from django.db.models import Q
from django.utils.translation import gettext, ngettext

from leerkracht.accounts.rules import person_actor
from leerkracht.core.registry import journal
from leerkracht.core.registry.people import Holding, Journal, Move, Mover

from ..models import Action, Attendance, BoardDevice, BoardReader, SessionGuest
from ..queries import state as states
from ..rules.entities import Change
from ..rules.fold import changed, typed
from ..rules.operations import MovePerson, Operation
from . import operations

# Per kind of card the fields that name a person, and what tells a screen that does not have the card to leave it so.
NAMING = {
    "action": (("owner",), ("on_board",)),
    "note": (("person",), ("on_board",)),
    "session": (("leader", "timekeeper", "notetaker"), ("state",)),
    "attendance": (("person",), ("session", "sitting", "is_present")),
}
LEFT_ALONE = {
    "boards.Operation.actor_id": "the log is never rewritten; the old id goes by the one name",
    "boards.Operation.payload": "the log is never rewritten; who reads it puts the one person in place of the other",
    "boards.Operation.changes": "the log is never rewritten; who reads it puts the one person in place of the other",
    "boards.Operation.salt": "chance, and no person",
    "boards.Operation.digest": "a sum over the payload, and no person",
    "boards.BoardSession.spent": "seconds per step, and no person",
    "boards.BoardSession.split": "seconds per step, and no person",
    "boards.CheckInTally.totals": "counts, and no person",
    "boards.CheckInTally.tapped": "who tapped in a running sitting; gone within the quarter of an hour",
}


def holdings(person_id: int, on: date) -> list[Holding]:
    """Counts alone: what stands on a card is the team's."""
    standing = Action.objects.filter(owner=person_id, state=Action.State.OPEN, on_board=True).count()
    sessions = Attendance.objects.filter(person=person_id, is_present=True).values("session").distinct().count()
    lines = (
        (standing, ngettext("%(count)s open actie", "%(count)s open acties", standing)),
        (sessions, ngettext("%(count)s bordsessie", "%(count)s bordsessies", sessions)),
    )
    return [Holding(gettext("Aan de borden"), tuple(words % {"count": count} for count, words in lines if count))]


def move(asked: Move) -> Journal:
    """Move readers, screens and guests, then the cards board by board."""
    lines = journal.move_periods(BoardReader, ["board_id"], asked)
    lines += journal.move_rows(BoardDevice, "created_by_id", asked)
    lines += journal.move_rows(SessionGuest, "person_id", asked)
    for board_id in _boards_of(asked.gone):
        changes = list(_changes(board_id, asked))
        _write(board_id, changes, asked.kept, asked.gone, asked.by, asked.now)
        lines.append({"board": board_id, "changes": msgspec.to_builtins(changes)})
    return lines


def restore(asked: Move, lines: Journal) -> None:
    """Take the lines back, each board's cards only while they are as they were left."""
    for line in [line for line in lines if "board" in line]:
        changes = [typed(change) for change in msgspec.convert(line["changes"], list[Change], strict=False)]
        for change in changes:
            _check_unchanged(change)
        back = [Change(change.entity, change.id, change.was or {}, change.set) for change in reversed(changes)]
        _write(line["board"], back, asked.gone, asked.kept, asked.by, asked.now)
    journal.restore(line for line in lines if "board" not in line)


def _boards_of(person: int) -> list[int]:
    found: set[int] = set()
    for name, (fields, _also) in NAMING.items():
        rows: Any = states.MODELS[name]._base_manager
        found |= set(rows.filter(_names(fields, person)).values_list("board", flat=True))
    return sorted(found)


def _names(fields: Iterable[str], person: int) -> Q:
    return Q(*[(field, person) for field in fields], _connector=Q.OR)


def _changes(board_id: int, asked: Move) -> Iterable[Change]:
    for name, (fields, also) in NAMING.items():
        rows: Any = states.MODELS[name]._base_manager
        found = states.rows_of(name, rows.filter(_names(fields, asked.gone), board=board_id))
        for card in found.values():
            if name == "attendance" and (known := _beside(card, asked.kept)) is not None:
                yield from _stood_there_twice(card, known)
                continue
            for change in changed(card, **{f: asked.kept for f in fields if getattr(card, f) == asked.gone}):
                yield _recognised(change, card, also)


def _stood_there_twice(card: Any, known: Any) -> Iterable[Change]:
    """Both were noted in one sitting: the one person was there once."""
    if card.is_present:
        for row, is_present in ((card, False), (known, True)):
            for change in changed(row, is_present=is_present):
                yield _recognised(change, row, ("session", "sitting", "person"))


def _beside(card: Any, person: int) -> Any | None:
    rows = Attendance.objects.filter(session=card.session, sitting=card.sitting, person=person)
    return next(iter(states.rows_of("attendance", rows).values()), None)


def _recognised(change: Change, card: Any, also: Iterable[str]) -> Change:
    same = {name: getattr(card, name) for name in also}
    return Change(change.entity, change.id, {**same, **change.set}, {**same, **(change.was or {})})


def _check_unchanged(change: Change) -> None:
    row = states.rows_of(change.entity, states.MODELS[change.entity]._base_manager.filter(pk=change.id)).get(change.id)
    fields = NAMING[change.entity][0] + ("is_present",) * (change.entity == "attendance")
    if row is None or any(getattr(row, name) != change.set[name] for name in fields if name in change.set):
        raise journal.ChangedSince


def _write(board_id: int, changes: list[Change], kept: int, gone: int, by: int, now: datetime) -> None:
    if changes:
        asked = Operation(uuid4(), MovePerson(kept=kept, gone=gone))
        operations.write_changes(board_id=board_id, by=person_actor(by), operation=asked, changes=changes, now=now)


MOVER = Mover(
    fields=frozenset(
        f"boards.{name}"
        for name in (
            "Action.owner",
            "Note.person",
            "BoardSession.leader",
            "BoardSession.timekeeper",
            "BoardSession.notetaker",
            "Attendance.person",
            "BoardReader.person",
            "BoardDevice.created_by",
            "SessionGuest.person",
        )
    ),
    move=move,
    restore=restore,
    holdings=holdings,
)
