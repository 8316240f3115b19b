"""Who reads along on a board, and who could be asked."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import Role, RoleAssignment, SchoolGovernance
from leerkracht.organisations.permissions import during

from ..models import Board, BoardReader


def readers_of(board: Board) -> list[BoardReader]:
    """Everybody who reads or read along, now first."""
    rows = BoardReader.objects.filter(board=board).select_related("person")
    return sorted(rows, key=lambda r: (r.to_date is not None, -(r.from_date.toordinal()), r.pk))


def coaches_for(board: Board, on: date) -> QuerySet[Person]:
    """Expert and change coaches of the board's school who do not read along yet."""
    bodies = SchoolGovernance.objects.filter(during(on), school=board.school_id).values("governing_body")
    place = Q(school=board.school_id) | Q(governing_body__in=bodies)
    held = RoleAssignment.objects.filter(place, during(on), role__in=(Role.EXPERT_COACH, Role.CHANGE_COACH))
    asked = BoardReader.objects.filter(board=board, to_date=None).values("person")
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True).exclude(pk__in=asked)
    return people.order_by("name", "pk")
