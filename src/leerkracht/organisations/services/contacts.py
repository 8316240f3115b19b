"""Keep whom the foundation knows at schools and governing bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor
from leerkracht.accounts.services import audit
from leerkracht.organisations.models import Contact, GoverningBody, School

By = Person | Actor


@dataclass(frozen=True)
class ContactFacts:
    """What somebody fills in about a contact."""

    name: str
    function: str = ""
    email: str = ""
    phone: str = ""
    remark: str = ""


@transaction.atomic
def add_contact(*, place: School | GoverningBody, facts: ContactFacts, by: By, now: datetime) -> Contact:
    """Write down somebody to call at a school or governing body."""
    where = {"school": place} if isinstance(place, School) else {"governing_body": place}
    contact = Contact.objects.create(**where, **vars(facts))
    _record("organisations.contact_added", contact, by, now)
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, facts: ContactFacts, by: By, now: datetime) -> Contact:
    """Write the facts anew; the place stays."""
    contact = _locked(contact)
    for name, value in vars(facts).items():
        setattr(contact, name, value)
    contact.save(update_fields=list(vars(facts)))
    _record("organisations.contact_changed", contact, by, now)
    return contact


@transaction.atomic
def archive_contact(*, contact: Contact, by: By, now: datetime) -> Contact:
    """Put a contact away; it can be brought back as it was."""
    contact = _locked(contact)
    if contact.archived_at is None:
        contact.archived_at = now
        contact.save(update_fields=["archived_at"])
        _record("organisations.contact_archived", contact, by, now)
    return contact


@transaction.atomic
def restore_contact(*, contact: Contact, by: By, now: datetime) -> Contact:
    contact = _locked(contact)
    if contact.archived_at is not None:
        contact.archived_at = None
        contact.save(update_fields=["archived_at"])
        _record("organisations.contact_restored", contact, by, now)
    return contact


def _locked(contact: Contact) -> Contact:
    return Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)


def _record(act: str, contact: Contact, by: By, now: datetime) -> None:
    place = {"school": contact.school_id, "governing_body": contact.governing_body_id}
    audit.record(act=act, by=by, target=contact, **place, at=now)
