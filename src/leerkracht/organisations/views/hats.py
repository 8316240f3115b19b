"""Put on another hat: it chooses the desk, never the rights."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.organisations.queries.hats import HAT
from leerkracht.organisations.queries.roles import hats_of


@require_POST
def hat_switch(request: PersonRequest) -> HttpResponse:
    """Remember the hat for this sign-in and go home, where its desk is; one that is not held is left alone."""
    key = request.POST.get("hat", "")
    if key in {hat.key for hat in hats_of(request.user, timezone.localdate())}:
        request.session[HAT] = key
        return redirect("home")
    target = request.POST.get("next", "")
    return redirect(target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "home")
