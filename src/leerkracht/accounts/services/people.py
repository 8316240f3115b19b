"""Make and change people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor

from . import audit


@transaction.atomic
def make_person(*, email: str, name: str, by: Person | Actor, now: datetime) -> Person:
    """Make somebody whose address is already trusted (invited, or named by who installs the product)."""
    person = Person.objects.create_user(email, name=name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    audit.record(act="accounts.person_made", by=by, target=person, at=now)
    return person


def make_people(*, newcomers: Sequence[tuple[str, str]]) -> list[Person]:
    """Make many at once (address, name), inside the caller's transaction and audit lines.

    Nobody has read mail at these addresses yet: they are trusted at the first code that is typed over.
    """
    people = [Person(email=email.lower(), name=name) for email, name in newcomers]
    for person in people:
        person.set_unusable_password()
    return Person.objects.bulk_create(people, batch_size=500)


@transaction.atomic
def change_profile(*, person: Person, name: str, language: str, now: datetime) -> Person:
    """Change one's own name and language."""
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    Person.objects.filter(merged_into=person).update(name=name)
    audit.record(act="accounts.profile_changed", by=person, target=person, at=now)
    return person


def trust_address(*, person: Person, email: str) -> None:
    """Remember that ``person`` just read mail at ``email``: whoever typed a mailed code need not prove it again."""
    if email.lower() != person.email.lower() or EmailAddress.objects.filter(user=person, verified=True).exists():
        return
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
