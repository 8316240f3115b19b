"""What left the board or is finished: closed goals, done actions, successes. Searchable, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Action, Board, Goal, Note
from .card_words import figure

SORTS = {"date": "day", "text": "text", "kind": "kind", "who": "who"}


@dataclass(frozen=True)
class ArchiveRow:
    """One line of the archive."""

    kind: str
    kind_words: str
    text: str
    outcome: str
    who: str
    day: date | None
    kept: str
    id: str


def archive_of(board: Board, *, words: str = "", kind: str = "", sort: str = "-date") -> list[ArchiveRow]:
    """Finished and removed cards of ``board`` that hold ``words``, sorted; three queries."""
    makers = {"goal": _goals, "action": _actions, "note": _notes}
    rows = [row for name, make in makers.items() if kind in ("", name) for row in make(board, words)]
    name = SORTS.get(sort.removeprefix("-"), "day")
    rows.sort(key=lambda row: (row.day or date.min, row.id), reverse=True)
    rows.sort(key=lambda row: _sort_key(getattr(row, name)), reverse=sort.startswith("-"))
    return rows


def _sort_key(value: object) -> tuple[int, str]:
    if isinstance(value, date):
        return (value.toordinal(), "")
    return (0, str(value or "").casefold())


def _holds(words: str, *fields: str) -> Q:
    wanted = Q()
    for word in words.split():
        wanted &= Q(*[(f"{field}__icontains", word) for field in fields], _connector=Q.OR)
    return wanted


def _goals(board: Board, words: str) -> list[ArchiveRow]:
    rows = Goal.objects.filter(_holds(words, "text", "kept"), board=board.pk)
    rows = rows.exclude(state__in=("DRAFT", "ACTIVE"), on_board=True).prefetch_related("measurements")
    return [
        ArchiveRow(
            kind="goal",
            kind_words=_("doel"),
            text=goal.text,
            outcome=" · ".join(filter(None, [str(goal.get_state_display()), _reached(goal)])),
            who="",
            day=timezone.localdate(goal.closed_at) if goal.closed_at else goal.end_date,
            kept=goal.kept,
            id=str(goal.pk),
        )
        for goal in rows
    ]


def _reached(goal: Goal) -> str:
    newest = max((m for m in goal.measurements.all() if m.on_board), key=lambda m: m.date, default=None)
    if newest is None or goal.target is None:
        return ""
    values = {"value": figure(newest.value, goal.unit), "target": figure(goal.target, goal.unit)}
    return _("%(value)s, doel %(target)s") % values


def _actions(board: Board, words: str) -> list[ArchiveRow]:
    rows = Action.objects.filter(_holds(words, "text"), board=board.pk).exclude(state="OPEN", on_board=True)
    return [
        ArchiveRow(
            kind="action",
            kind_words=_("actie"),
            text=action.text,
            outcome=str(action.get_state_display()),
            who=str(action.owner),
            day=timezone.localdate(action.closed_at) if action.closed_at else action.due_date,
            kept=action.goal.text if action.goal else "",
            id=str(action.pk),
        )
        for action in rows.select_related("owner", "goal")
    ]


def _notes(board: Board, words: str) -> list[ArchiveRow]:
    finished = Q(on_board=False) | Q(state="CLOSED") | Q(section__kind="SUCCESSES")
    rows = Note.objects.filter(finished, _holds(words, "text", "detail"), board=board.pk)
    return [
        ArchiveRow(
            kind="note",
            kind_words=_("succes") if note.section.kind == "SUCCESSES" else str(note.section),
            text=note.text,
            outcome="" if note.section.kind == "SUCCESSES" else str(note.get_state_display()),
            who=str(note.person) if note.person else "",
            day=timezone.localdate(note.made_at),
            kept=note.detail,
            id=str(note.pk),
        )
        for note in rows.select_related("person", "section")
    ]
