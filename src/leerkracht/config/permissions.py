"""Who reads which lines of the audit trail: the row "audit trail" of ``access.md``."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, Q

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.organisations.models import Role, RoleAssignment
from leerkracht.organisations.permissions import during, holds

_SCHOOL_ROLES = (Role.SCHOOL_COACH, Role.SCHOOL_LEADER)
# Who stand in the row; the table is silent about the others, or says nothing is theirs.
TRAIL_ROLES = frozenset(
    {
        Role.TEACHER,
        Role.SCHOOL_COACH,
        Role.SCHOOL_LEADER,
        Role.EXPERT_COACH,
        Role.CHANGE_COACH,
        Role.GOVERNING_BODY_LEAD,
        Role.CENTRAL_TEAM,
    }
)


def reads_the_trail(person: Person, on: date) -> bool:
    """Whether there is a trail for this person at all."""
    held = RoleAssignment.objects.filter(during(on), person=person, person__is_active=True, role__in=TRAIL_ROLES)
    return held.exists() or holds(person, Role.TEACHER, on)


def reads_of_others(person: Person, on: date) -> bool:
    """Whether lines of people outside the own school are among those this person may read."""
    held = RoleAssignment.objects.filter(during(on), person=person, person__is_active=True)
    return held.filter(role__in=(Role.CENTRAL_TEAM, Role.GOVERNING_BODY_LEAD)).exists()


def readable_acts(person: Person, on: date) -> Q:
    """Lines of the trail: one's own; a school coach's and leader's school; a lead's body; the central team's all."""
    held = RoleAssignment.objects.filter(during(on), person=person, person__is_active=True)
    own = Q(actor_kind=AuditEntry.ActorKind.PERSON, actor_id=str(person.pk))
    schools = held.filter(role__in=_SCHOOL_ROLES).values("school")
    bodies = held.filter(role=Role.GOVERNING_BODY_LEAD).values("governing_body")
    everything = Exists(held.filter(role=Role.CENTRAL_TEAM))
    return own | Q(school_id__in=schools) | Q(governing_body_id__in=bodies) | Q(everything)
