"""Contacts: the list, and adding, changing, archiving one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkracht.accounts.queries.recent import check_recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.reads import tell_shown
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.forms import ContactForm
from leerkracht.organisations.models import Contact, GoverningBody, School
from leerkracht.organisations.queries import contacts as queries
from leerkracht.organisations.services import contacts as services

from .answers import press, saves

PAGE = 50


def contacts(request: PersonRequest) -> HttpResponse:
    """Search, sort and page; ``?export=`` gives the list as a file."""
    words, order = request.GET.get("q", "").strip()[:80], request.GET.get("sort", "name")
    archived = request.GET.get("archived") == "on"
    found = queries.contacts_found(request.user, words, order, timezone.localdate(), archived=archived)
    if wants_file(request):
        check_recently_shown(request)
        head = [_("school of bestuur"), _("naam"), _("functie"), _("e-mailadres"), _("telefoon"), _("opmerking")]
        rows = ((c.place, c.name, c.function, c.email, c.phone, c.remark) for c in found)
        return list_file(request, gettext_noop("Contacten"), head, rows)
    tell_shown(request, gettext_noop("Contacten"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "order": order, "archived": archived}
    return show(request, "organisations/contacts.html", context=context)


def school_contact_add(request: PersonRequest, school_id: int) -> HttpResponse:
    return _add(request, queries.school_with_contacts(request.user, school_id, timezone.localdate()))


def body_contact_add(request: PersonRequest, body_id: int) -> HttpResponse:
    return _add(request, queries.body_with_contacts(request.user, body_id, timezone.localdate()))


def contact(request: PersonRequest, contact_id: int) -> HttpResponse:
    found = queries.contact_for(request.user, contact_id, timezone.localdate())
    tell_shown(
        request, gettext_noop("Contact"), about=found, school=found.school_id, governing_body=found.governing_body_id
    )
    form, now = ContactForm(request.POST or None, contact=found), timezone.now()
    change = services.change_contact
    if request.method == "POST" and saves(
        form, lambda: change(contact=found, facts=form.facts(), by=request.user, now=now)
    ):
        messages.success(request, _("De gegevens van %(name)s zijn bijgewerkt.") % {"name": form.facts().name})
        return redirect(_back(found.place))
    return _form(request, form, found.place, found)


@require_POST
def contact_archive(request: PersonRequest, contact_id: int) -> HttpResponse:
    found = queries.contact_for(request.user, contact_id, timezone.localdate())
    done = _("%(name)s staat in het archief. Terughalen kan altijd.") % {"name": found.name}
    archive = services.archive_contact
    return press(request, lambda: archive(contact=found, by=request.user, now=timezone.now()), done, _back(found.place))


@require_POST
def contact_restore(request: PersonRequest, contact_id: int) -> HttpResponse:
    found = queries.contact_for(request.user, contact_id, timezone.localdate())
    done = _("%(name)s is terug bij de contacten.") % {"name": found.name}
    restore = services.restore_contact
    return press(request, lambda: restore(contact=found, by=request.user, now=timezone.now()), done, _back(found.place))


def _add(request: PersonRequest, place: School | GoverningBody) -> HttpResponse:
    form, now = ContactForm(request.POST or None), timezone.now()
    add = services.add_contact
    if request.method == "POST" and saves(form, lambda: add(place=place, facts=form.facts(), by=request.user, now=now)):
        values = {"name": form.facts().name, "place": place}
        messages.success(request, _("%(name)s staat nu bij de contacten van %(place)s.") % values)
        return redirect(_back(place))
    return _form(request, form, place)


def _form(
    request: PersonRequest, form: ContactForm, place: School | GoverningBody, found: Contact | None = None
) -> HttpResponse:
    context = {"form": form, "place": place, "contact": found, "back": _back(place)}
    status = 422 if request.method == "POST" else 200
    return show(request, "organisations/contact_form.html", context=context, status=status)


def _back(place: School | GoverningBody) -> str:
    name = "organisations:school" if isinstance(place, School) else "organisations:body"
    return reverse(name, args=[place.pk])
