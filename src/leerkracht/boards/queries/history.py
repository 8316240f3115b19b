"""The log as a reader of the past: the board on any day, and what was changed by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import DEVICE, GUEST, PERSON
from leerkracht.core.kernel.periods import monday_of

from ..models import Action, Board, BoardDevice, Goal, Measurement, Note, Operation, Section, SessionGuest
from ..rules.entities import BoardState, Change
from ..rules.fold import fold
from ..rules.operations import Undo as UndoPayload
from .history_words import TEXT_OF, words_of
from .state import changes_of

LINES_ON_A_PAGE = 200
UNDO_DAYS = 14  # what is older has been built on; the card itself can always be changed


@dataclass(frozen=True)
class LineView:
    """One change in words; ``undo`` is its id where it can be taken back."""

    id: str
    at: datetime
    who: str
    what: str
    text: str
    undo: str
    seq: int


@dataclass(frozen=True)
class WeekView:
    """The changes of one week, newest first."""

    monday: date
    lines: tuple[LineView, ...]


def state_on(board: Board, day: date) -> BoardState:
    """Fold the log up to the end of ``day``: what hung there that evening."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    state = BoardState()
    for line in lines_of(board).filter(applied_at__lt=end).only("seq", "changes").iterator():
        fold(state, changes_of(line), seq=line.seq)
    return state


def lines_of(board: Board) -> QuerySet[Operation]:
    return Operation.objects.filter(board=board.pk).order_by("seq")


def first_day(board: Board) -> date:
    return timezone.localdate(board.created_at)


def weeks_of(board: Board, *, final: frozenset[str], now: datetime, before: int | None = None) -> list[WeekView]:
    """The newest changes, by week, newest first; kinds in ``final`` cannot be taken back."""
    rows = lines_of(board).exclude(kind="board.open").order_by("-seq")
    if before is not None:
        rows = rows.filter(seq__lt=before)
    views = _views(list(rows[:LINES_ON_A_PAGE]), final, since=now - timedelta(days=UNDO_DAYS))
    weeks = groupby(views, key=lambda line: monday_of(timezone.localdate(line.at)))
    return [WeekView(monday, tuple(lines)) for monday, lines in weeks]


def oldest_shown(weeks: list[WeekView]) -> int | None:
    """The place in the log where the next page of changes begins; ``None`` when all were shown."""
    if sum(len(week.lines) for week in weeks) < LINES_ON_A_PAGE:
        return None
    return weeks[-1].lines[-1].seq


def line_of(board: Board, operation_id: UUID, *, final: frozenset[str]) -> LineView | None:
    """One change, for the message that offers to take it back."""
    rows = list(lines_of(board).filter(pk=operation_id))
    return _views(rows, final)[0] if rows else None


def _views(rows: list[Operation], final: frozenset[str], since: datetime | None = None) -> list[LineView]:
    changes = {row.pk: changes_of(row) for row in rows}
    texts = _texts(change for found in changes.values() for change in found)
    names = _names(rows)
    undone = _undone(rows)
    views = []
    for row in rows:
        past = (
            row.kind in final
            or row.pk in undone
            or not changes[row.pk]
            or (since is not None and row.applied_at < since)
        )
        views.append(
            LineView(
                id=str(row.pk),
                at=row.applied_at,
                who=names.get((row.actor_kind, row.actor_id), _("het bord")),
                what=words_of(row.kind),
                text=_first_text(changes[row.pk], texts),
                undo="" if past else str(row.pk),
                seq=row.seq,
            )
        )
    return views


def _undone(rows: list[Operation]) -> set[Any]:
    """Ids of lines that a later undo took back; their key would only be refused."""
    taken_back = [bytes(row.payload) for row in rows if row.kind == "undo" and row.payload]
    return {msgspec.json.decode(raw, type=UndoPayload).operation for raw in taken_back}


def _first_text(changes: Iterable[Change], texts: Mapping[Any, str]) -> str:
    for change in changes:
        text = change.set.get("text") or change.set.get("title") or texts.get(change.id)
        if text:
            return str(text)
    return ""


def _texts(changes: Iterable[Change]) -> dict[Any, str]:
    """Texts of the cards that lines name without repeating them; one query a kind."""
    wanted: dict[str, set[Any]] = {}
    for change in changes:
        if change.entity in TEXT_OF and "text" not in change.set:
            wanted.setdefault(change.entity, set()).add(change.id)
    found: dict[Any, str] = {}
    for model, entity in ((Goal, "goal"), (Action, "action"), (Note, "note")):
        if entity in wanted:
            found |= dict(model.objects.filter(pk__in=wanted[entity]).values_list("pk", "text"))
    if "section" in wanted:
        found |= {s.pk: str(s) for s in Section.objects.filter(pk__in=wanted["section"])}
    if "measurement" in wanted:
        rows = Measurement.objects.filter(pk__in=wanted["measurement"])
        found |= dict(rows.values_list("pk", "goal__text"))
    return found


def _names(rows: list[Operation]) -> dict[tuple[str, str], str]:
    """Names of who acted: a person, a wall by its name, a guest as the colleague it said it was."""
    ids = {kind: {row.actor_id for row in rows if row.actor_kind == kind} for kind in (PERSON, DEVICE, GUEST)}
    people = Person.objects.filter(pk__in=ids[PERSON])
    names = {(PERSON, str(person.pk)): str(person) for person in people}
    names |= {(DEVICE, str(device.pk)): device.name for device in BoardDevice.objects.filter(pk__in=ids[DEVICE])}
    for guest in SessionGuest.objects.filter(pk__in=ids[GUEST]).select_related("person"):
        names[(GUEST, str(guest.pk))] = _("%(name)s (te gast)") % {"name": guest.person}
    return names
