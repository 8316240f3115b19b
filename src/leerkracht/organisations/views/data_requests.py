"""Somebody asks the foundation for their own data, or to be erased: the central team does it for them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.recent import check_recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.accounts.services import erasure
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.reads import tell_shown
from leerkracht.organisations.forms import EraseRequestForm
from leerkracht.organisations.permissions import is_central
from leerkracht.organisations.queries import merging as queries

from .answers import saves


def data_requests(request: PersonRequest) -> HttpResponse:
    """Search somebody; ``?person=`` shows what they hold, with the keys to take it along and to erase."""
    today = timezone.localdate()
    _check(request)
    words = request.GET.get("q", "").strip()[:80]
    person = queries.one_of(request.user, request.GET.get("person", ""), today)
    if words or person:
        tell_shown(request, gettext_noop("Verzoeken om gegevens"))
    form = EraseRequestForm(address=person.email) if person else None
    return _page(request, words, person, form)


@require_POST
def data_of(request: PersonRequest, person_id: int) -> HttpResponse:
    """All that is kept about somebody, as a ZIP to send to them; it leaves a line about that person."""
    person = _somebody(request, person_id)
    check_recently_shown(request)
    pack = erasure.all_of(person=person, by=request.user, now=timezone.now())
    response = HttpResponse(pack, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="gegevens-{person.pk}-{timezone.localdate()}.zip"'
    return response


@require_POST
def data_erase(request: PersonRequest, person_id: int) -> HttpResponse:
    person = _somebody(request, person_id)
    check_recently_shown(request)
    form = EraseRequestForm(request.POST, address=person.email)
    name = str(person)
    if saves(form, lambda: erasure.erase_person(person=person, by=request.user, now=timezone.now())):
        messages.success(request, _("%(name)s is gewist; overal staat nu ‘oud-collega’.") % {"name": name})
        return redirect("organisations:data-requests")
    return _page(request, "", person, form, status=422)


def _page(
    request: PersonRequest, words: str, person: Person | None, form: EraseRequestForm | None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "words": words,
        "found": queries.people_found(request.user, words, today),
        "person": person,
        "side": queries.side_of(person, today) if person else None,
        "form": form,
    }
    return show(request, "organisations/data_requests.html", context=context, status=status)


def _check(request: PersonRequest) -> None:
    if not is_central(request.user, timezone.localdate()):
        raise Http404


def _somebody(request: PersonRequest, person_id: int) -> Person:
    _check(request)
    person = queries.one_of(request.user, str(person_id), timezone.localdate())
    if person is None:
        raise Http404
    return person
