"""Find boards, and the people who belong at one."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from leerkracht.accounts.models import Person
from leerkracht.core.queries.compiled import Compiled, CompiledQuestion
from leerkracht.organisations.models import Role, RoleAssignment, TeamMembership
from leerkracht.organisations.permissions import during

from .. import permissions
from ..models import Board, ThemeAdoption

HIGHEST_ID = 2**63 - 1


def boards_for(person: Person, on: date, *, action: str = "view") -> QuerySet[Board]:
    """Boards in use that this person may read or change."""
    return Board.objects.filter(permissions.reachable(person, action, on)).select_related("team", "school")


def board_for(person: Person, board_id: int, on: date, *, action: str = "view") -> Board:
    """Return the board; ``Http404`` where it must stay unseen, ``PermissionDenied`` where only reading is allowed."""
    if board_id > HIGHEST_ID:
        raise Http404
    board = boards_for(person, on, action=action).filter(pk=board_id).first()
    if board is not None:
        return board
    if action != "view" and boards_for(person, on).filter(pk=board_id).exists():
        raise PermissionDenied
    raise Http404


def may(person_id: int, action: str, board_id: int, on: date) -> bool:
    """Whether this person may do ``action`` on this board: the same ``Q`` as everywhere, its SQL built once."""
    return board_id <= HIGHEST_ID and _QUESTIONS[action].ask(person_id=person_id, board_id=board_id, on=on)


def _question(action: str) -> CompiledQuestion:
    def build(person_id: int, board_id: int, on: date) -> QuerySet[Board]:
        return Board.objects.filter(permissions.reachable(Person(pk=person_id), action, on), pk=board_id)

    return CompiledQuestion(build, {"person_id": int, "board_id": int, "on": date})


_QUESTIONS = {action: _question(action) for action in ("view", "edit")}


def members_of(board: Board, on: date) -> QuerySet[Person]:
    """Who can own an action or take a role here: the team and the coaches and leaders of its school."""
    return _belonging(board.school_id, board.team_id, on)


def named_members_of(board: Board, on: date) -> list[Person]:
    """The same people by name, with name and address alone; its SQL is built once."""
    if board.team_id is None:
        rows = _OF_SCHOOL.rows(school_id=board.school_id, on=on)
    else:
        rows = _OF_TEAM.rows(school_id=board.school_id, team_id=board.team_id, on=on)
    return [Person(pk=pk, name=name, email=email) for pk, name, email in rows]


def _belonging(school_id: int, team_id: int | None, on: date) -> QuerySet[Person]:
    roles = RoleAssignment.objects.filter(
        during(on), school=school_id, role__in=(Role.SCHOOL_COACH, Role.SCHOOL_LEADER)
    )
    people = Q(pk__in=roles.values("person"))
    if team_id is not None:
        people |= Q(pk__in=TeamMembership.objects.filter(during(on), team=team_id).values("person"))
    return Person.objects.filter(people, is_active=True)


def _named(school_id: int, on: date, team_id: int | None = None) -> QuerySet[Person, tuple[int, str, str]]:
    return _belonging(school_id, team_id, on).order_by("name", "pk").values_list("pk", "name", "email")


_OF_SCHOOL = Compiled(_named, {"school_id": int, "on": date})
_OF_TEAM = Compiled(_named, {"school_id": int, "team_id": int, "on": date})


def themes_of(board: Board, on: date) -> frozenset[int]:
    """Ids of the themes that the board's team adopted."""
    if board.team_id is None:
        return frozenset()
    return frozenset(ThemeAdoption.objects.filter(during(on), team=board.team_id).values_list("theme", flat=True))
