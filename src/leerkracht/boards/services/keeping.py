"""What this room keeps about a person, and letting it go: cards stay and go by another name."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from leerkracht.boards.models import Action, Attendance, BoardReader, BoardSession, Note, SessionGuest
from leerkracht.core.registry.privacy import Erasure, Keeper, Sheet

from .records import FOLDER


def collect(ids: Sequence[int], emails: Sequence[str]) -> list[Sheet]:
    """Cards and sessions that name this person; queries follow kinds, not rows."""
    actions = Action.objects.filter(owner__in=ids).select_related("board__team", "board__school").order_by("due_date")
    notes = Note.objects.filter(person__in=ids).select_related("board__team", "board__school").order_by("made_at")
    there = Attendance.objects.filter(person__in=ids, is_present=True).select_related("board__team", "session")
    led = BoardSession.objects.filter(_led(ids)).select_related("board__team").order_by("planned_date")
    read = BoardReader.objects.filter(person__in=ids).select_related("board__team").order_by("from_date")
    return [
        Sheet(
            "Acties van jou",
            ["bord", "actie", "klaar op", "stand"],
            [(_board(row), row.text, row.due_date, row.get_state_display()) for row in actions],
        ),
        Sheet(
            "Kaarten met jouw naam", ["bord", "kaart", "toelichting"], [(_board(r), r.text, r.detail) for r in notes]
        ),
        Sheet(
            "Sessies waar je was",
            ["bord", "dag"],
            [(_board(row), row.session.planned_date) for row in there.order_by("session__planned_date")],
        ),
        Sheet("Sessies met een taak voor jou", ["bord", "dag"], [(_board(row), row.planned_date) for row in led]),
        Sheet("Borden die je mocht lezen", ["bord", "van", "tot"], [(_board(r), r.from_date, r.to_date) for r in read]),
    ]


def erase(asked: Erasure) -> None:
    """Cards keep pointing at the emptied row; phones and rights to read end, records made with the name go."""
    today = timezone.localdate(asked.now)
    SessionGuest.objects.filter(person__in=asked.ids).delete()
    readers = BoardReader.objects.filter(person__in=asked.ids)
    readers.filter(from_date__gt=today).delete()
    readers.filter(Q(to_date=None) | Q(to_date__gt=today)).update(to_date=today)
    _drop_records()


def _drop_records() -> None:
    """Documents are made anew when they are asked for; those that stand there may hold the name."""
    if not default_storage.exists(FOLDER):
        return
    _folders, files = default_storage.listdir(FOLDER)
    for name in files:
        default_storage.delete(f"{FOLDER}/{name}")


def _led(ids: Sequence[int]) -> Q:
    return Q(leader__in=ids) | Q(timekeeper__in=ids) | Q(notetaker__in=ids)


def _board(row: Action | Note | Attendance | BoardSession | BoardReader) -> str:
    board = row.board
    return str(board.team or board.school)


KEEPER = Keeper(collect=collect, erase=erase)
