"""The first administrator, made by who installs the product; further ones are invited."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services import audit
from leerkracht.accounts.services.people import make_person
from leerkracht.organisations.models import Role, RoleAssignment
from leerkracht.organisations.permissions import during


@transaction.atomic
def make_administrator(*, email: str, name: str, now: datetime) -> Person:
    """Return the person with this address as administrator; safe to repeat, and a known person keeps name and roles."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = make_person(email=email, name=name, by=THE_SYSTEM, now=now)
    today = timezone.localdate(now)
    if not RoleAssignment.objects.filter(during(today), person=person, role=Role.ADMINISTRATOR).exists():
        given = RoleAssignment.objects.create(person=person, role=Role.ADMINISTRATOR, from_date=today)
        audit.record(act="organisations.role_given", by=THE_SYSTEM, target=given, at=now)
    return person
