"""One's own data: take all of it along, or be erased."""

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from leerkracht.accounts.forms import EraseForm
from leerkracht.accounts.queries.recent import check_recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.accounts.services import erasure
from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal


@require_POST
def own_data(request: PersonRequest) -> HttpResponse:
    """Everything that is kept about oneself, as a ZIP."""
    check_recently_shown(request)
    now = timezone.now()
    response = HttpResponse(
        erasure.all_of(person=request.user, by=request.user, now=now), content_type="application/zip"
    )
    response["Content-Disposition"] = f'attachment; filename="mijn-gegevens-{timezone.localdate(now)}.zip"'
    return response


def erase(request: PersonRequest) -> HttpResponse:
    """Say what goes and what stays; typing the own address does it, and signs out everywhere."""
    form = EraseForm(request.POST or None, address=request.user.email)
    if request.method == "POST":
        check_recently_shown(request)
        if form.is_valid():
            try:
                erasure.erase_person(person=request.user, by=request.user, now=timezone.now())
            except Refusal as refusal:
                form.add_error(None, say(refusal))
            else:
                logout(request)
                return render(request, "accounts/erased.html")
    return render(request, "accounts/erase.html", {"form": form}, status=422 if form.errors else 200)
