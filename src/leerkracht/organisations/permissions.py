"""Who reaches which team, school and governing body: the rows of ``access.md``, one ``Q`` per action.

Every ``Q`` works by subquery, so it never doubles rows and may be combined; ``prefix`` puts it behind a relation
(``reachable_teams(person, "work", on, prefix="team__")`` on a board). A period holds from its first day up to, not
including, its ``to_date``.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date

from django.db.models import Exists, Q, QuerySet

from leerkracht.accounts.models import Person

from .models import (
    Contact,
    GoverningBody,
    Location,
    Province,
    Role,
    RoleAssignment,
    School,
    SchoolGovernance,
    TeamMembership,
)

_SCHOOL = frozenset({Role.SCHOOL_COACH, Role.SCHOOL_LEADER})
_COACHES = frozenset({Role.EXPERT_COACH, Role.CHANGE_COACH})

# Per action the roles that have it at their own place; the central team's place is everywhere.
SCHOOL_ACTIONS: dict[str, frozenset[Role]] = {
    "view": frozenset({Role.TEACHER, Role.GOVERNING_BODY_LEAD, Role.CENTRAL_TEAM}) | _SCHOOL | _COACHES,
    "edit": _SCHOOL | {Role.CENTRAL_TEAM},
    "invite_first_coach": _COACHES,
    "see_stage": frozenset({Role.TEACHER, Role.GOVERNING_BODY_LEAD, Role.CENTRAL_TEAM}) | _SCHOOL | _COACHES,
    # Every team, person and invitation of the school, where a teacher sees the own team.
    "oversee": frozenset({Role.GOVERNING_BODY_LEAD, Role.CENTRAL_TEAM}) | _SCHOOL | _COACHES,
    "work": _SCHOOL,  # themes and the implementation team's board
}
TEAM_ACTIONS: dict[str, frozenset[Role]] = {
    "view": SCHOOL_ACTIONS["view"],
    "edit": SCHOOL_ACTIONS["edit"],
    "work": frozenset({Role.TEACHER}) | _SCHOOL,  # the team's own boards; who is invited to read is the boards' affair
}


def during(on: date, prefix: str = "") -> Q:
    """Valid on that day."""
    ends = f"{prefix}to_date"
    return Q(**{f"{prefix}from_date__lte": on}) & (Q(**{ends: None}) | Q(**{f"{ends}__gt": on}))


def reachable_schools(person: Person, action: str, on: date, prefix: str = "") -> Q:
    """Schools to which this person may do ``action`` on that day."""
    return schools_as(person, SCHOOL_ACTIONS[action], on, prefix)


def reachable_teams(person: Person, action: str, on: date, prefix: str = "") -> Q:
    """Teams to which this person may do ``action`` on that day: teachers their own, others a school's."""
    return teams_as(person, TEAM_ACTIONS[action], on, prefix)


def schools_as(person: Person, roles: AbstractSet[Role], on: date, prefix: str = "") -> Q:
    """Schools at which this person wears one of ``roles``: there, at its governing body, or in one of its teams."""
    held = _held(person, roles, on)
    bodies = held.filter(governing_body__isnull=False).values("governing_body")
    governed = SchoolGovernance.objects.filter(during(on), governing_body__in=bodies)
    reach = Q(**{f"{prefix}pk__in": held.filter(school__isnull=False).values("school")})
    reach |= Q(**{f"{prefix}pk__in": governed.values("school")})
    if Role.TEACHER in roles:
        reach |= Q(**{f"{prefix}pk__in": _memberships(person, on).values("team__school")})
    if Role.CENTRAL_TEAM in roles:
        reach |= _works_everywhere(person, on)
    return reach


def teams_as(person: Person, roles: AbstractSet[Role], on: date, prefix: str = "") -> Q:
    """Teams this person reaches by one of ``roles``; being a teacher reaches no further than the own teams."""
    reach = schools_as(person, roles - {Role.TEACHER}, on, f"{prefix}school__")
    if Role.TEACHER in roles:
        reach |= Q(**{f"{prefix}pk__in": _memberships(person, on).values("team")})
    return reach


def is_of_school(person: Person, school: int, on: date) -> bool:
    """Whether somebody belongs to the staff of a school: its people are the own circle."""
    return School.objects.filter(schools_as(person, _SCHOOL | {Role.TEACHER}, on), pk=school).exists()


def reachable_governing_bodies(person: Person, action: str, on: date, prefix: str = "") -> Q:
    """Governing bodies whose people this person sees (``view``) or arranges (``edit``)."""
    roles = {"view": {Role.GOVERNING_BODY_LEAD, Role.CHANGE_COACH, Role.CENTRAL_TEAM}, "edit": {Role.CENTRAL_TEAM}}[
        action
    ]
    held = _held(person, roles, on).filter(governing_body__isnull=False)
    return Q(**{f"{prefix}pk__in": held.values("governing_body")}) | _works_everywhere(person, on)


def schools_with_contacts(person: Person, on: date, prefix: str = "") -> Q:
    """Schools whose contacts this person keeps: all, those in the own region, those of the own governing body."""
    in_region = Location.objects.filter(province__in=_own_provinces(person, on), closed_date=None)
    governed = SchoolGovernance.objects.filter(during(on), governing_body__in=_own_bodies(person, on))
    reach = Q(**{f"{prefix}pk__in": in_region.values("school")}) | Q(**{f"{prefix}pk__in": governed.values("school")})
    return reach | _works_everywhere(person, on)


def bodies_with_contacts(person: Person, on: date, prefix: str = "") -> Q:
    """Governing bodies whose contacts this person keeps; a body lies in a region when one of its schools does."""
    in_region = Location.objects.filter(province__in=_own_provinces(person, on), closed_date=None)
    there = SchoolGovernance.objects.filter(during(on), school__in=in_region.values("school"))
    reach = Q(**{f"{prefix}pk__in": there.values("governing_body")})
    return reach | Q(**{f"{prefix}pk__in": _own_bodies(person, on)}) | _works_everywhere(person, on)


def reachable_contacts(person: Person, on: date) -> Q:
    """Contacts that this person sees and changes."""
    return Q(
        pk__in=Contact.objects.filter(
            Q(school__in=School.objects.filter(schools_with_contacts(person, on)))
            | Q(governing_body__in=GoverningBody.objects.filter(bodies_with_contacts(person, on)))
        ).values("pk")
    )


def keeps_contacts(person: Person, on: date) -> bool:
    """Whether this person keeps contacts anywhere: central team, expert coach of a region, change coach of a body."""
    held = _held(person, {Role.CENTRAL_TEAM, Role.EXPERT_COACH, Role.CHANGE_COACH}, on)
    places = Q(role=Role.CENTRAL_TEAM) | Q(region__isnull=False) | Q(governing_body__isnull=False)
    return held.filter(places).exists()


def is_central(person: Person, on: date) -> bool:
    return holds(person, Role.CENTRAL_TEAM, on)


def roles_at(
    person: Person, on: date, *, school: School | None = None, governing_body: GoverningBody | None = None
) -> frozenset[str]:
    """Roles this person wears at a place on that day, those that work everywhere included; memberships are no roles."""
    here = Q(school=None, governing_body=None, region=None)
    if school is not None:
        governing = SchoolGovernance.objects.filter(during(on), school=school).values("governing_body")
        here |= Q(school=school) | Q(governing_body__in=governing)
    if governing_body is not None:
        here |= Q(governing_body=governing_body)
    held = RoleAssignment.objects.filter(during(on), here, person=person, person__is_active=True)
    return frozenset(held.values_list("role", flat=True))


def works_for_the_foundation(person: Person, on: date) -> bool:
    """Whether this person sees who works for the foundation: central team and administrators."""
    return _held(person, {Role.CENTRAL_TEAM, Role.ADMINISTRATOR}, on).exists()


def holds(person: Person, role: Role, on: date) -> bool:
    """Whether this person wears the role anywhere on that day."""
    if role is Role.TEACHER:
        return _memberships(person, on).exists()
    return _held(person, {role}, on).exists()


def _held(person: Person, roles: AbstractSet[Role], on: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(during(on), person=person, person__is_active=True, role__in=roles)


def _memberships(person: Person, on: date) -> QuerySet[TeamMembership]:
    return TeamMembership.objects.filter(during(on), person=person, person__is_active=True)


def _own_provinces(person: Person, on: date) -> QuerySet[Province, str]:
    held = _held(person, {Role.EXPERT_COACH}, on).filter(region__isnull=False)
    return Province.objects.filter(region__in=held.values("region")).values_list("name", flat=True)


def _own_bodies(person: Person, on: date) -> QuerySet[RoleAssignment, int | None]:
    held = _held(person, {Role.CHANGE_COACH}, on).filter(governing_body__isnull=False)
    return held.values_list("governing_body", flat=True)


def _works_everywhere(person: Person, on: date) -> Q:
    return Q(Exists(_held(person, {Role.CENTRAL_TEAM}, on)))
