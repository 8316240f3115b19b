"""Find one school, team, body, person or invitation for somebody who may; hide (404) or refuse (403) else."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import (
    GoverningBody,
    Invitation,
    RoleAssignment,
    School,
    Team,
    TeamMembership,
)
from leerkracht.organisations.permissions import (
    reachable_governing_bodies,
    reachable_schools,
    reachable_teams,
    roles_at,
    works_for_the_foundation,
)
from leerkracht.organisations.rules import may_hand_out

Thing = TypeVar("Thing", bound=Model)


def school_facts(school_id: int) -> School:
    """Register facts are for everyone who is signed in."""
    return get_object_or_404(School, pk=school_id)


def body_facts(body_id: int) -> GoverningBody:
    return get_object_or_404(GoverningBody, pk=body_id)


def body_named(body_id: int | None) -> GoverningBody | None:
    """The governing body that a list is narrowed to; None where there is none."""
    return GoverningBody.objects.filter(pk=body_id).first() if body_id else None


def school_for(person: Person, school_id: int, action: str, on: date) -> School:
    see = reachable_schools(person, "view", on)
    return _find(School.objects.filter(pk=school_id), do=reachable_schools(person, action, on), see=see)


def team_for(person: Person, team_id: int, action: str, on: date) -> Team:
    rows = Team.objects.filter(pk=team_id).select_related("school", "location")
    return _find(rows, do=reachable_teams(person, action, on), see=reachable_teams(person, "view", on))


def membership_for(person: Person, membership_id: int, on: date) -> TeamMembership:
    """A membership that this person may change."""
    rows = TeamMembership.objects.filter(pk=membership_id).select_related("team__school", "person")
    do, see = (reachable_teams(person, action, on, "team__") for action in ("edit", "view"))
    return _find(rows, do=do, see=see)


def role_for(person: Person, role_id: int, on: date) -> RoleAssignment:
    """A role that this person may end or give back: whoever may hand it out may take it back."""
    rows = RoleAssignment.objects.select_related("school", "governing_body", "person")
    held = get_object_or_404(rows, pk=role_id)
    own = roles_at(person, on, school=held.school, governing_body=held.governing_body)
    if may_hand_out(held.role, held=own, has_coach=True):
        return held
    if _sees_people_of(person, held.school, held.governing_body, on):
        raise PermissionDenied
    raise Http404


def invitation_for(person: Person, invitation_id: int, on: date) -> Invitation:
    """An invitation that this person may send again, show or withdraw."""
    rows = Invitation.objects.select_related("team__school", "school", "governing_body", "created_by")
    invitation = get_object_or_404(rows, pk=invitation_id)
    if invitation.team:
        team_for(person, invitation.team.pk, "edit", on)
        return invitation
    own = roles_at(person, on, school=invitation.school, governing_body=invitation.governing_body)
    is_own = invitation.created_by_id == person.pk
    if may_hand_out(invitation.role, held=own, has_coach=not is_own):
        return invitation
    if _sees_people_of(person, invitation.school, invitation.governing_body, on):
        raise PermissionDenied
    raise Http404


def _sees_people_of(person: Person, school: School | None, body: GoverningBody | None, on: date) -> bool:
    if school:
        return School.objects.filter(reachable_schools(person, "view", on), pk=school.pk).exists()
    if body:
        return GoverningBody.objects.filter(reachable_governing_bodies(person, "view", on), pk=body.pk).exists()
    return works_for_the_foundation(person, on)


def _find(rows: QuerySet[Thing], *, do: Q, see: Q) -> Thing:
    found = rows.filter(do).first()
    if found is not None:
        return found
    if rows.filter(see).exists():
        raise PermissionDenied
    raise Http404
