"""Hang up the boards of a team, and let outside coaches read along."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import THE_SYSTEM, Actor
from leerkracht.accounts.services import audit
from leerkracht.organisations.models import School, Team

from ..models import Board, BoardReader
from ..rules.operations import OpenBoard, Operation
from . import operations

TEAM_KINDS = (Board.Kind.IMPROVEMENT, Board.Kind.ORGANISATIONAL, Board.Kind.PRACTICE)


@transaction.atomic
def open_team_boards(*, team: Team, by: Person | Actor, now: datetime) -> list[Board]:
    """Make the improvement, organisational and practice board of ``team`` where they are not there yet."""
    school = team.school
    boards = [_open(school, team, kind, by, now) for kind in TEAM_KINDS]
    open_implementation_board(school=school, by=by, now=now)
    return boards


@transaction.atomic
def open_implementation_board(*, school: School, by: Person | Actor, now: datetime) -> Board:
    """Make the board of the school's implementation team where it is not there yet."""
    return _open(school, None, Board.Kind.IMPLEMENTATION, by, now)


@transaction.atomic
def archive_team_boards(*, team: Team, by: Person | Actor, now: datetime) -> None:
    """Put the boards of a team away: readable, no longer changed. Safe to repeat."""
    for board in Board.objects.filter(team=team, archived_at=None):
        Board.objects.filter(pk=board.pk).update(archived_at=now)
        audit.record(act="boards.archived", by=by, target=board, school=board.school_id, at=now)


@transaction.atomic
def restore_team_boards(*, team: Team, by: Person | Actor, now: datetime) -> None:
    """Bring back the boards that went away with the team. Safe to repeat."""
    for board in Board.objects.filter(team=team).exclude(archived_at=None):
        Board.objects.filter(pk=board.pk).update(archived_at=None)
        audit.record(act="boards.restored", by=by, target=board, school=board.school_id, at=now)


@transaction.atomic
def invite_reader(*, board: Board, person: Person, by: Person, now: datetime) -> BoardReader:
    """Let a coach from outside read this board; safe to repeat."""
    today = timezone.localdate(now)
    reader, is_new = BoardReader.objects.get_or_create(
        board=board, person=person, to_date=None, defaults={"from_date": today}
    )
    if is_new:
        audit.record(act="boards.reader_invited", by=by, target=reader, school=board.school_id, at=now)
    return reader


@transaction.atomic
def end_reader(*, reader: BoardReader, by: Person, now: datetime) -> None:
    """Stop letting the coach read, from today."""
    reader.to_date = timezone.localdate(now)
    reader.save(update_fields=["to_date"])
    audit.record(act="boards.reader_ended", by=by, target=reader, school=reader.board.school_id, at=now)


def _open(school: School, team: Team | None, kind: str, by: Person | Actor, now: datetime) -> Board:
    known = Board.objects.filter(school=school, team=team, kind=kind, archived_at=None).first()
    if known is not None:
        return known
    board = Board.objects.create(school=school, team=team, kind=kind, created_at=now)
    hang = Operation(uuid4(), OpenBoard())
    operations.apply(board_id=board.pk, by=THE_SYSTEM, operations=[hang], now=now)
    audit.record(act="boards.opened", by=by, target=board, school=school, at=now)
    board.refresh_from_db()
    return board
