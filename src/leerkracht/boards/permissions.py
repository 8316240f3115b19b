"""Who may read and change which board: the rows on boards of ``access.md``, one ``Q`` per action."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import Role
from leerkracht.organisations.permissions import during, reachable_schools, reachable_teams, schools_as

from .models import Board, BoardReader

COACHES_FROM_OUTSIDE = frozenset({Role.EXPERT_COACH, Role.CHANGE_COACH})
OF_THE_IMPLEMENTATION_TEAM = Q(kind=Board.Kind.IMPLEMENTATION)


def reachable(person: Person, action: str, on: date) -> Q:
    """Boards this person may ``view`` or ``edit`` on that day.

    The team itself and the coaches and leaders of its school edit; an outside coach reads where the team invites and
    for as long as they coach that school; teachers read the implementation team's board.
    """
    edits = reachable_teams(person, "work", on, prefix="team__")
    edits |= OF_THE_IMPLEMENTATION_TEAM & reachable_schools(person, "work", on, prefix="school__")
    if action == "edit":
        return edits
    invited = BoardReader.objects.filter(during(on), person=person, person__is_active=True)
    asked = Q(pk__in=invited.values("board")) & schools_as(person, COACHES_FROM_OUTSIDE, on, prefix="school__")
    reads = OF_THE_IMPLEMENTATION_TEAM & schools_as(person, frozenset({Role.TEACHER}), on, prefix="school__")
    return edits | reads | asked


def themed_schools(person: Person, action: str, on: date) -> Q:
    """Schools whose themes this person may ``view`` (who works there) or ``edit`` (the implementation team)."""
    if action == "edit":
        return reachable_schools(person, "work", on)
    return schools_as(person, frozenset({Role.TEACHER, Role.SCHOOL_COACH, Role.SCHOOL_LEADER}), on)
