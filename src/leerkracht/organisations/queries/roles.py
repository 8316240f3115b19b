"""Which roles and hats somebody wears on a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leerkracht.accounts.models import Person
from leerkracht.core.queries.compiled import Compiled
from leerkracht.organisations.models import GoverningBody, Region, Role, RoleAssignment, School, Team, TeamMembership
from leerkracht.organisations.permissions import during
from leerkracht.organisations.rules import Place

# The roles of access.md that reach further than one school's own people.
SECOND_FACTOR_ROLES = frozenset(
    {
        Role.EXPERT_COACH,
        Role.CHANGE_COACH,
        Role.GOVERNING_BODY_LEAD,
        Role.CENTRAL_TEAM,
        Role.ADMINISTRATOR,
        Role.RESEARCHER,
        Role.FUND,
        Role.EDITOR,
    }
)
PORTFOLIO_ROLES = frozenset({Role.EXPERT_COACH, Role.CHANGE_COACH, Role.GOVERNING_BODY_LEAD})
# Who leads or coaches a school finds its teams first; their own board lies on the same desk.
_FIRST = [Role.SCHOOL_LEADER, Role.SCHOOL_COACH]
_ORDER = {role: number for number, role in enumerate([*_FIRST, *(role for role in Role if role not in _FIRST)])}


@dataclass(frozen=True)
class Hat:
    """A role at a place, as somebody wears it; ``key`` names it in a form and in the session."""

    key: str
    role: str
    label: str
    place_name: str
    place_kind: Place
    place_id: int | None
    school_id: int | None = None


def hats_of(person: Person, on: date) -> list[Hat]:
    """List the hats worn on that day, leading a school first; two queries however many."""
    hats = [hat_of_membership(_membership(*row)) for row in _MEMBERSHIPS.rows(person_id=person.pk, on=on)]
    hats += _one_per_portfolio([hat_of_role(_role(*row)) for row in _ROLES.rows(person_id=person.pk, on=on)])
    return sorted(hats, key=lambda hat: _ORDER[Role(hat.role)])


def _memberships(person_id: int, on: date) -> QuerySet[TeamMembership, tuple[Any, ...]]:
    rows = TeamMembership.objects.filter(during(on), person=person_id, team__archived_at=None).order_by("pk")
    return rows.values_list("team", "team__name", "team__school", "team__school__name")


def _roles(person_id: int, on: date) -> QuerySet[RoleAssignment, tuple[Any, ...]]:
    rows = RoleAssignment.objects.filter(during(on), person=person_id).order_by("pk")
    body = ("governing_body", "governing_body__name", "governing_body__number")
    return rows.values_list("role", "school", "school__name", "region", "region__name", *body)


# Every page shows the hats: their SQL is built once.
_MEMBERSHIPS = Compiled(_memberships, {"person_id": int, "on": date})
_ROLES = Compiled(_roles, {"person_id": int, "on": date})


def _membership(team: int, name: str, school: int, school_name: str) -> TeamMembership:
    return TeamMembership(team=Team(pk=team, name=name, school=School(pk=school, name=school_name)))


def _role(
    role: str, school: int | None, school_name: str, region: int | None, region_name: str, *governing: Any
) -> RoleAssignment:
    body, name, number = governing
    return RoleAssignment(
        role=role,
        school=School(pk=school, name=school_name) if school else None,
        region=Region(pk=region, name=region_name) if region else None,
        governing_body=GoverningBody(pk=body, name=name, number=number) if body else None,
    )


def _one_per_portfolio(hats: list[Hat]) -> list[Hat]:
    """Who works at several schools by one role has one desk for them, so one hat."""
    places = Counter(hat.role for hat in hats)
    kept: dict[str, Hat] = {}
    for hat in hats:
        if hat.role in PORTFOLIO_ROLES and places[hat.role] > 1:
            words = _("%(count)s plekken") % {"count": places[hat.role]}
            hat = Hat(f"{hat.role}-portfolio-0", hat.role, hat.label, words, Place.EVERYWHERE, None)
        kept.setdefault(hat.key, hat)
    return list(kept.values())


def hat_of_membership(row: TeamMembership) -> Hat:
    team = row.team
    return Hat(
        key=f"TEACHER-team-{team.pk}",
        role=Role.TEACHER,
        label=str(Role.TEACHER.label),
        place_name=f"{team.name}, {team.school.name}",
        place_kind=Place.TEAM,
        place_id=team.pk,
        school_id=team.school_id,
    )


def hat_of_role(row: RoleAssignment) -> Hat:
    kind: Place = Place.EVERYWHERE
    place: School | GoverningBody | Region | None = None
    if row.school is not None:
        kind, place = Place.SCHOOL, row.school
    elif row.governing_body is not None:
        kind, place = Place.GOVERNING_BODY, row.governing_body
    elif row.region is not None:
        kind, place = Place.REGION, row.region
    return Hat(
        key=f"{row.role}-{kind.value}-{place.pk if place else 0}",
        role=row.role,
        label=row.get_role_display(),
        place_name=str(place) if place else "",
        place_kind=kind,
        place_id=place.pk if place else None,
        school_id=row.school_id,
    )


def needs_second_factor(person: Person, on: date) -> bool:
    """Say whether a role of that day asks a second factor; one query."""
    return RoleAssignment.objects.filter(during(on), person=person, role__in=SECOND_FACTOR_ROLES).exists()
