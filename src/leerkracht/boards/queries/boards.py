"""Find boards, and the people who belong at one."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from leerkracht.accounts.models import Person
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


def members_of(board: Board, on: date) -> QuerySet[Person]:
    """Who can own an action or take a role here: the team and the coaches and leaders of its school."""
    roles = RoleAssignment.objects.filter(
        during(on), school=board.school_id, role__in=(Role.SCHOOL_COACH, Role.SCHOOL_LEADER)
    )
    people = Q(pk__in=roles.values("person"))
    if board.team_id is not None:
        people |= Q(pk__in=TeamMembership.objects.filter(during(on), team=board.team_id).values("person"))
    return Person.objects.filter(people, is_active=True)


def themes_of(board: Board, on: date) -> frozenset[int]:
    """Ids of the themes that the board's team adopted."""
    if board.team_id is None:
        return frozenset()
    return frozenset(ThemeAdoption.objects.filter(during(on), team=board.team_id).values_list("theme", flat=True))
