"""Who works where: the teams, people, roles and invitations of one place, as somebody may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import (
    GoverningBody,
    Invitation,
    Role,
    RoleAssignment,
    School,
    SchoolGovernance,
    Team,
    TeamMembership,
)
from leerkracht.organisations.permissions import (
    during,
    reachable_governing_bodies,
    reachable_schools,
    reachable_teams,
    roles_at,
    works_for_the_foundation,
)
from leerkracht.organisations.rules import PLACE_OF_ROLE, Place, may_hand_out
from leerkracht.organisations.rules.periods import UNDO_DAYS

SCHOOL_ROLES = (Role.SCHOOL_LEADER, Role.SCHOOL_COACH, Role.EXPERT_COACH, Role.CHANGE_COACH)
BODY_ROLES = (Role.GOVERNING_BODY_LEAD, Role.CHANGE_COACH)
FOUNDATION_ROLES = (Role.CENTRAL_TEAM, Role.ADMINISTRATOR, Role.EDITOR, Role.RESEARCHER, Role.FUND)
_ORDER = {role.value: number for number, role in enumerate([*SCHOOL_ROLES, *BODY_ROLES, *FOUNDATION_ROLES])}


@dataclass(frozen=True)
class RoleLine:
    """Somebody with a role; ``can_change`` says whether the reader may end or give it back."""

    held: RoleAssignment
    can_change: bool


@dataclass(frozen=True)
class SchoolPeople:
    """What one reader sees of a school's set-up; nothing at all for who has no place there."""

    teams: tuple[Team, ...] = ()
    archived: tuple[Team, ...] = ()
    roles: tuple[RoleLine, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    can_view: bool = False
    can_edit: bool = False
    can_invite: tuple[Role, ...] = ()


@dataclass(frozen=True)
class PlacePeople:
    """Roles and invitations of a governing body or of the foundation; ``ended`` are those the reader may give back."""

    roles: tuple[RoleLine, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    ended: tuple[RoleAssignment, ...] = ()
    can_view: bool = False
    can_invite: tuple[Role, ...] = ()


@dataclass(frozen=True)
class PastLine:
    """Something that ended: a membership or a role."""

    person: Person
    words: str
    place: str
    from_date: date
    to_date: date
    can_undo: bool
    membership_id: int | None = None
    role_id: int | None = None


def school_people(person: Person, school: School, now: datetime, on: date) -> SchoolPeople:
    """Teams, roles and invitations of a school; the number of queries does not grow with it."""
    can_view, oversees, can_edit = (
        School.objects.filter(reachable_schools(person, action, on), pk=school.pk).exists()
        for action in ("view", "oversee", "edit")
    )
    if not can_view:
        return SchoolPeople()
    own = roles_at(person, on, school=school)
    teams = list(_teams(person, school, on))
    held = _roles(_at_school(school, on), on)
    has_coach = any(row.role == Role.SCHOOL_COACH for row in held) or _coach_is_invited(school, now)
    return SchoolPeople(
        teams=tuple(team for team in teams if team.archived_at is None),
        archived=tuple(team for team in teams if team.archived_at is not None),
        roles=_lines(person, held, own),
        invitations=tuple(open_invitations(Q(school=school) | Q(team__school=school), now)) if oversees else (),
        can_view=True,
        can_edit=can_edit,
        can_invite=tuple(role for role in SCHOOL_ROLES if may_hand_out(role, held=own, has_coach=has_coach)),
    )


def may_invite_to_school(person: Person, school: School, role: str, now: datetime, on: date) -> bool:
    """The same answer as the button on the school's page."""
    if Place.SCHOOL not in PLACE_OF_ROLE.get(role, ()):
        return False
    coaches = RoleAssignment.objects.filter(during(on), school=school, role=Role.SCHOOL_COACH)
    has_coach = coaches.exists() or _coach_is_invited(school, now)
    return may_hand_out(role, held=roles_at(person, on, school=school), has_coach=has_coach)


def body_people(person: Person, body: GoverningBody, now: datetime, on: date) -> PlacePeople:
    """Leads and change coaches of a governing body, for who may see them."""
    if not GoverningBody.objects.filter(reachable_governing_bodies(person, "view", on), pk=body.pk).exists():
        return PlacePeople()
    own = roles_at(person, on, governing_body=body)
    can_invite = tuple(role for role in BODY_ROLES if may_hand_out(role, held=own, has_coach=True))
    held = _roles(Q(governing_body=body), on)
    invitations = tuple(open_invitations(Q(governing_body=body), now)) if can_invite else ()
    ended = _ended(Q(governing_body=body, role__in=can_invite), on)
    return PlacePeople(_lines(person, held, own), invitations, ended, can_view=True, can_invite=can_invite)


def foundation_people(person: Person, now: datetime, on: date) -> PlacePeople:
    """Who works for the foundation, or with it everywhere; readers are not listed."""
    if not works_for_the_foundation(person, on):
        return PlacePeople()
    own = roles_at(person, on)
    can_invite = tuple(role for role in FOUNDATION_ROLES if may_hand_out(role, held=own, has_coach=True))
    held = _roles(Q(role__in=FOUNDATION_ROLES), on)
    waiting = open_invitations(Q(role__in=can_invite, school=None, governing_body=None), now)
    ended = _ended(Q(role__in=can_invite), on)
    return PlacePeople(_lines(person, held, own), tuple(waiting), ended, can_view=True, can_invite=can_invite)


LINE_ORDERS: dict[str, Callable[[RoleLine], tuple[Any, ...]]] = {
    "name": lambda line: (str(line.held.person).casefold(), line.held.pk),
    "role": lambda line: (str(line.held.get_role_display()), str(line.held.person).casefold()),
    "since": lambda line: (line.held.from_date, line.held.pk),
}


def lines_found(lines: Iterable[RoleLine], words: str, order: str) -> list[RoleLine]:
    """Lines whose name, address or role holds every word, in the order of ``LINE_ORDERS`` (an unknown one: by name)."""
    wanted = words.casefold().split()

    def said(line: RoleLine) -> str:
        return f"{line.held.person} {line.held.person.email} {line.held.get_role_display()}".casefold()

    found = [line for line in lines if all(word in said(line) for word in wanted)]
    return sorted(found, key=LINE_ORDERS.get(order, LINE_ORDERS["name"]))


def members_of(team: Team, on: date) -> QuerySet[TeamMembership]:
    """Who is in the team on that day, by name."""
    rows = TeamMembership.objects.filter(during(on), team=team).select_related("person")
    return rows.order_by("person__name", "pk")


def open_invitations(where: Q, now: datetime) -> QuerySet[Invitation]:
    """Invitations that still open a door, or whose door closed without anyone coming in, for a month."""
    month_ago = now - timedelta(days=UNDO_DAYS)
    rows = Invitation.objects.filter(where, revoked_at=None, expires_at__gt=month_ago)
    rows = rows.exclude(email__gt="", used__gt=0).select_related("team", "school", "governing_body", "created_by")
    return rows.order_by("-created_at", "-pk")


def guides_of(team: Team, on: date) -> list[RoleAssignment]:
    """Coaches and leaders who reach this team: whom its members may ask."""
    return [row for row in _roles(_at_school(team.school, on), on) if row.role in SCHOOL_ROLES]


def past_of_school(person: Person, school: School, on: date) -> list[PastLine]:
    """Memberships and roles that ended, the latest first; one may be undone for thirty days."""
    own = roles_at(person, on, school=school)
    ended = Q(to_date__lte=on)
    memberships = TeamMembership.objects.filter(ended, team__school=school).select_related("person", "team")
    roles = RoleAssignment.objects.filter(ended, school=school).select_related("person")
    can_edit = School.objects.filter(reachable_schools(person, "edit", on), pk=school.pk).exists()
    lines = [_past_membership(row, can_edit, on) for row in memberships]
    lines += [_past_role(row, may_hand_out(row.role, held=own, has_coach=True), on) for row in roles]
    return sorted(lines, key=lambda line: (line.to_date, line.person.pk), reverse=True)


def _past_membership(row: TeamMembership, can_edit: bool, on: date) -> PastLine:
    label = str(Role.TEACHER.label)
    to_date = row.to_date or on
    can_undo = can_edit and (on - to_date).days <= UNDO_DAYS
    return PastLine(row.person, label, row.team.name, row.from_date, to_date, can_undo, membership_id=row.pk)


def _past_role(row: RoleAssignment, can_change: bool, on: date) -> PastLine:
    to_date = row.to_date or on
    can_undo = can_change and (on - to_date).days <= UNDO_DAYS
    return PastLine(row.person, row.get_role_display(), "", row.from_date, to_date, can_undo, role_id=row.pk)


def _teams(person: Person, school: School, on: date) -> QuerySet[Team]:
    members = Count("memberships", filter=during(on, "memberships__"))
    rows = Team.objects.filter(reachable_teams(person, "view", on), school=school)
    return rows.annotate(members=members).order_by("name", "pk")


def _at_school(school: School, on: date) -> Q:
    """Roles at the school itself, and change coaches of its governing body."""
    body = SchoolGovernance.objects.filter(during(on), school=school).values("governing_body")
    return Q(school=school) | Q(role=Role.CHANGE_COACH, governing_body__in=body)


def _roles(where: Q, on: date) -> list[RoleAssignment]:
    rows = RoleAssignment.objects.filter(during(on), where).select_related("person", "school", "governing_body")
    return sorted(rows, key=lambda row: (_ORDER.get(row.role, len(_ORDER)), row.person.name, row.pk))


def _ended(where: Q, on: date) -> tuple[RoleAssignment, ...]:
    since = on - timedelta(days=UNDO_DAYS)
    rows = RoleAssignment.objects.filter(where, to_date__gte=since, to_date__lte=on).select_related("person")
    return tuple(rows.order_by("-to_date", "person__name", "pk"))


def _lines(person: Person, held: Iterable[RoleAssignment], own: frozenset[str]) -> tuple[RoleLine, ...]:
    return tuple(
        RoleLine(row, row.person_id != person.pk and may_hand_out(row.role, held=own, has_coach=True)) for row in held
    )


def _coach_is_invited(school: School, now: datetime) -> bool:
    rows = Invitation.objects.filter(school=school, role=Role.SCHOOL_COACH, revoked_at=None, used=0)
    return rows.filter(expires_at__gt=now).exists()
