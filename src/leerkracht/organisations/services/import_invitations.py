"""Invite whom a list of coaches brought in: they have their places already, and open the door by a mailed link."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import Invitation, RoleAssignment, SheetImport
from leerkracht.organisations.permissions import during

from .invitations import Door, Guest, open_door
from .roles import Post


def newcomers_of(sheet: SheetImport, now: datetime) -> list[RoleAssignment]:
    """A role of today of each person whom the list made, who never signed in and has no open invitation."""
    made = sheet.changes.filter(table="person", before__isnull=True).values("row_id")
    waiting = Invitation.objects.filter(revoked_at=None, used=0, expires_at__gt=now, email__gt="").values("email")
    roles = RoleAssignment.objects.filter(during(timezone.localdate(now)), person__in=made, region=None)
    roles = roles.filter(person__last_login=None, person__is_active=True).exclude(person__email__in=waiting)
    rows = roles.select_related("person", "school", "governing_body").order_by("person", "pk")
    return list({role.person_id: role for role in rows}.values())


@transaction.atomic
def invite_newcomers(*, sheet: SheetImport, by: Person, now: datetime) -> int:
    """Send each of them one invitation; returns how many."""
    roles = newcomers_of(sheet, now)
    for role in roles:
        guest = Guest(role.person.email, role.person.name)
        post = Post(role.role, role.school, role.governing_body)  # type: ignore[arg-type]  # a code of Role
        open_door(door=Door(post=post), guest=guest, by=by, now=now)
    return len(roles)
