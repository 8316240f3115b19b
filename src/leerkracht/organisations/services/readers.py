"""Open registration: the library, and no organisation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services import audit
from leerkracht.organisations.models import Role, RoleAssignment


@transaction.atomic
def make_reader(*, person: Person, now: datetime) -> RoleAssignment:
    """Give the role that anyone gets who registers."""
    given = RoleAssignment.objects.create(
        person=person, role=Role.READER, from_date=timezone.localdate(now), to_date=None
    )
    audit.record(act="organisations.role_given", by=THE_SYSTEM, target=given, at=now)
    return given
