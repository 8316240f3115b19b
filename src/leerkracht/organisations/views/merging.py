"""The same colleague known twice: pick the two, see what each holds, make them one, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.recent import check_recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal, gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.reads import tell_shown
from leerkracht.organisations.forms import MergeForm
from leerkracht.organisations.queries import merging as queries
from leerkracht.organisations.services import merging as services

from .answers import press, saves


def merge(request: PersonRequest) -> HttpResponse:
    """Search; ``?first=&second=`` shows two side by side with the form that makes them one."""
    today, given = timezone.localdate(), request.POST or request.GET
    queries.check_merger(request.user, today)
    if request.method == "POST":
        check_recently_shown(request)
    first, second = (queries.one_of(request.user, given.get(name, ""), today) for name in ("first", "second"))
    words = request.GET.get("q", "").strip()[:80]
    context: dict[str, Any] = {"words": words, "first": first, "second": second, "shortest": queries.SHORTEST}
    if words or first or second:
        tell_shown(request, gettext_noop("Samenvoegen"))
    if first and second:
        return _two(request, first, second, context)
    context |= {
        "found": queries.people_found(request.user, words, today),
        "merges": queries.recent_merges(request.user, timezone.now(), today),
    }
    return show(request, "organisations/merge.html", context=context, status=422 if request.method == "POST" else 200)


@require_POST
def merge_undo(request: PersonRequest, merge_id: int) -> HttpResponse:
    queries.check_merger(request.user, timezone.localdate())
    found = queries.merge_for(request.user, merge_id, timezone.localdate())
    done = _("%(name)s en de ander zijn weer twee. Laat ze opnieuw inloggen.") % {"name": found.kept}
    undo = services.undo_merge
    back = reverse("organisations:merge")
    return press(request, lambda: undo(merge=found, by=request.user, now=timezone.now()), done, back)


def _two(request: PersonRequest, first: Person, second: Person, context: dict[str, Any]) -> HttpResponse:
    form = MergeForm(request.POST or None, first=first, second=second)
    if request.method == "POST" and saves(form, lambda: _save(request, form, first, second)):
        messages.success(request, _("Dit is nu één collega: %(name)s.") % {"name": form.cleaned_data["name"]})
        return redirect("organisations:merge")
    today = timezone.localdate()
    context |= {"form": form, "sides": [queries.side_of(person, today) for person in (first, second)]}
    try:
        services.check_merge(first=first, second=second, by=request.user, on=today)
    except Refusal as refusal:
        context["refusal"] = say(refusal)
    status = 422 if request.method == "POST" else 200
    return show(request, "organisations/merge_two.html", context=context, status=status)


def _save(request: PersonRequest, form: MergeForm, first: Person, second: Person) -> None:
    services.merge_people(kept=first, gone=second, choice=form.choice(), by=request.user, now=timezone.now())
