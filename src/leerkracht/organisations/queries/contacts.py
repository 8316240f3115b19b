"""Contacts of schools and governing bodies, for who keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import Http404
from django.shortcuts import get_object_or_404

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import Contact, GoverningBody, School
from leerkracht.organisations.permissions import (
    bodies_with_contacts,
    keeps_contacts,
    reachable_contacts,
    schools_with_contacts,
)

ORDERS = {
    "name": ("name", "pk"),
    "-name": ("-name", "-pk"),
    "place": ("place_name", "name", "pk"),
    "-place": ("-place_name", "name", "pk"),
    "function": ("function", "name", "pk"),
    "-function": ("-function", "name", "pk"),
}
MOST_WORDS = 6


@dataclass(frozen=True)
class ContactPanel:
    """The contacts of one place; nothing at all for who does not keep them."""

    can_see: bool = False
    contacts: tuple[Contact, ...] = ()
    archived: tuple[Contact, ...] = ()


def contacts_found(person: Person, words: str, order: str, on: date, *, archived: bool = False) -> QuerySet[Contact]:
    """Contacts within reach in which every word stands; who keeps none finds no page (404)."""
    if not keeps_contacts(person, on):
        raise Http404
    body_name = Coalesce(NullIf("governing_body__name", Value("")), F("governing_body__number"))
    rows = Contact.objects.filter(reachable_contacts(person, on)).select_related("school", "governing_body")
    rows = rows.annotate(place_name=Coalesce("school__name", body_name))
    if not archived:
        rows = rows.filter(archived_at=None)
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(function__icontains=word)
            | Q(email__icontains=word)
            | Q(place_name__icontains=word)
        )
    return rows.order_by(*ORDERS.get(order, ORDERS["name"]))


def contact_for(person: Person, contact_id: int, on: date) -> Contact:
    rows = Contact.objects.filter(reachable_contacts(person, on)).select_related("school", "governing_body")
    return get_object_or_404(rows, pk=contact_id)


def school_with_contacts(person: Person, school_id: int, on: date) -> School:
    """A school whose contacts this person keeps."""
    return get_object_or_404(School.objects.filter(schools_with_contacts(person, on)), pk=school_id)


def body_with_contacts(person: Person, body_id: int, on: date) -> GoverningBody:
    return get_object_or_404(GoverningBody.objects.filter(bodies_with_contacts(person, on)), pk=body_id)


def school_contacts(person: Person, school: School, on: date) -> ContactPanel:
    see = School.objects.filter(schools_with_contacts(person, on), pk=school.pk).exists()
    return _panel(Contact.objects.filter(school=school)) if see else ContactPanel()


def body_contacts(person: Person, body: GoverningBody, on: date) -> ContactPanel:
    see = GoverningBody.objects.filter(bodies_with_contacts(person, on), pk=body.pk).exists()
    return _panel(Contact.objects.filter(governing_body=body)) if see else ContactPanel()


def _panel(rows: QuerySet[Contact]) -> ContactPanel:
    found = list(rows.order_by("name", "pk"))
    kept = tuple(contact for contact in found if contact.archived_at is None)
    return ContactPanel(True, kept, tuple(contact for contact in found if contact.archived_at is not None))
