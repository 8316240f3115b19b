"""A governing body: its schools, past ones too, and its people."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.reads import tell_shown
from leerkracht.organisations.forms import RoleInviteForm
from leerkracht.organisations.queries import contacts, people, places, schools
from leerkracht.organisations.services.roles import Post

from .roles import invite


def body(request: PersonRequest, body_id: int) -> HttpResponse:
    found, now, today = places.body_facts(body_id), timezone.now(), timezone.localdate()
    seen, kept = people.body_people(request.user, found, now, today), contacts.body_contacts(request.user, found, today)
    context = {
        "body": found,
        "schools": schools.schools_of_body(found),
        "former": schools.former_schools_of_body(found),
        "people": seen,
        "contacts": kept,
        "now": now,
    }
    if seen.can_view or kept.can_see:
        tell_shown(request, gettext_noop("Bestuur"), governing_body=found)
    return show(request, "organisations/body.html", context=context)


def body_invite(request: PersonRequest, body_id: int) -> HttpResponse:
    found, now, today = places.body_facts(body_id), timezone.now(), timezone.localdate()
    seen = people.body_people(request.user, found, now, today)
    if not seen.can_view:
        raise Http404
    if not seen.can_invite:
        raise PermissionDenied
    form = RoleInviteForm(request.POST or None, roles=seen.can_invite)
    back = reverse("organisations:body", args=[found.pk])
    return invite(request, form, Post(seen.can_invite[0], governing_body=found), {"place": found, "back": back})
