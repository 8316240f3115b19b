"""Governing bodies: the list, and of one its schools, past ones too, and its people."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.reads import tell_shown
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.forms import BodySearchForm, RoleInviteForm
from leerkracht.organisations.queries import bodies as queries
from leerkracht.organisations.queries import contacts, people, places, schools
from leerkracht.organisations.services.roles import Post

from .roles import invite

PAGE = 50


def bodies(request: PersonRequest) -> HttpResponse:
    """Governing bodies with their schools and pupils: search, sort, page; htmx takes the list, ``?export=`` a file."""
    form = BodySearchForm(request.GET)
    wanted = form.wanted()
    found = queries.bodies_found(wanted)
    if wants_file(request):
        head = [_("nummer"), _("naam"), _("scholen"), _("leerlingen"), _("gesloten op")]
        rows = found.values_list(  # type: ignore[misc]  # bodies_found adds schools and pupils
            "number", "name", "schools", "pupils", "closed_date"
        )
        return list_file(request, gettext_noop("Besturen"), head, rows)
    context = {"form": form, "wanted": wanted, "page": Paginator(found, PAGE).get_page(request.GET.get("page"))}
    return show(request, "organisations/bodies.html", part="found", context=context)


def body(request: PersonRequest, body_id: int) -> HttpResponse:
    found, now, today = places.body_facts(body_id), timezone.now(), timezone.localdate()
    seen, kept = people.body_people(request.user, found, now, today), contacts.body_contacts(request.user, found, today)
    context = {
        "body": found,
        "number_text": str(found.pk),
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
