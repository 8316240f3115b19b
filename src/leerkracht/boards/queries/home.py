"""What the home page asks of the boards: where you stand today, what you promised, what succeeded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import Role, Team
from leerkracht.organisations.permissions import schools_as, teams_as

from ..models import Action, Board, BoardSession, Note, Section
from .boards import boards_for

SUCCESSES_SHOWN = 4


@dataclass(frozen=True)
class BoardToday:
    """One board of the person: its next or running session, if any, and whether they lead it."""

    board_id: int
    team_id: int | None
    kind: str
    team: str
    school: str
    is_running: bool
    session_date: date | None
    is_leader: bool


@dataclass(frozen=True)
class ActionDue:
    """One open action of the person."""

    action_id: UUID
    board_id: int
    text: str
    due_date: date
    is_late: bool


@dataclass(frozen=True)
class Today:
    """A teacher's day at the boards."""

    boards: list[BoardToday]
    actions: list[ActionDue]
    successes: list[str]
    successes_count: int


def today_for(person: Person, now: datetime) -> Today:
    """Return the boards, open actions and this month's successes of ``person``; five queries however many boards."""
    on = timezone.localdate(now)
    boards = list(_own_boards(person, on))
    sessions = _sessions([board.pk for board in boards])
    improving = [b.pk for b in boards if b.kind in (Board.Kind.IMPROVEMENT, Board.Kind.IMPLEMENTATION)]
    successes = Note.objects.filter(
        board__in=improving, section__kind=Section.Kind.SUCCESSES, made_at__date__gte=on.replace(day=1)
    )
    texts = list(successes.order_by("-made_at", "pk").values_list("text", flat=True))
    return Today(
        boards=[_today_at(board, sessions.get(board.pk), person) for board in boards],
        actions=_actions(person, on),
        successes=texts[:SUCCESSES_SHOWN],
        successes_count=len(texts),
    )


def _own_boards(person: Person, on: date) -> list[Board]:
    """The boards of the own teams; for coaches and leaders also those of their school."""
    teams = Team.objects.filter(teams_as(person, frozenset({Role.TEACHER}), on))
    schools = schools_as(person, frozenset({Role.SCHOOL_COACH, Role.SCHOOL_LEADER}), on, prefix="school__")
    boards = boards_for(person, on, action="edit").filter(archived_at=None)
    shown = boards.filter(kind=Board.Kind.IMPROVEMENT, team__in=teams) | boards.filter(
        schools, kind__in=(Board.Kind.IMPROVEMENT, Board.Kind.IMPLEMENTATION)
    )
    return list(shown.distinct().order_by("school__name", "team__name", "pk"))


def _sessions(boards: list[int]) -> dict[int, BoardSession]:
    """The session that runs or comes first, by board."""
    states = (BoardSession.State.RUNNING, BoardSession.State.BETWEEN, BoardSession.State.PLANNED)
    rows = BoardSession.objects.filter(board__in=boards, state__in=states).order_by("-planned_date", "pk")
    found: dict[int, BoardSession] = {}
    for session in rows:
        known = found.get(session.board_id)
        if known is None or known.state == BoardSession.State.PLANNED:
            found[session.board_id] = session
    return found


def _today_at(board: Board, session: BoardSession | None, person: Person) -> BoardToday:
    return BoardToday(
        board_id=board.pk,
        team_id=board.team_id,
        kind=board.kind,
        team=board.team.name if board.team else "",
        school=board.school.name,
        is_running=session is not None and session.state == BoardSession.State.RUNNING,
        session_date=session.planned_date if session else None,
        is_leader=session is not None and session.leader_id == person.pk,
    )


def _actions(person: Person, on: date) -> list[ActionDue]:
    """Open actions on boards that are still theirs: a promise to a former team stays with that team."""
    boards = boards_for(person, on).filter(archived_at=None).exclude(kind=Board.Kind.PRACTICE)
    rows = Action.objects.filter(owner=person, state=Action.State.OPEN, on_board=True, board__in=boards)
    return [
        ActionDue(row.pk, row.board_id, row.text, row.due_date, row.due_date < on)
        for row in rows.order_by("due_date", "pk")
    ]
