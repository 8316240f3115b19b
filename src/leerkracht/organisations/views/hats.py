"""Change hats: the home page of another role; see decision 3."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.organisations.queries.hats import HAT
from leerkracht.organisations.queries.roles import hats_of


@require_POST
def hat_switch(request: PersonRequest) -> HttpResponse:
    """Put on one of one's own hats; rights do not depend on it."""
    key = request.POST.get("hat", "")
    if key not in {hat.key for hat in hats_of(request.user, timezone.localdate())}:
        raise Http404
    request.session[HAT] = key
    return redirect("home")
