"""Coming in from a school's own sign-in page: the way there, the way back, and what to do when that fails."""

from __future__ import annotations

import logging
import secrets
from typing import Any, cast

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from leerkracht.accounts.adapters.federation import ACCEPT, LINK, SIGN_IN, Arrived, SchoolAccountClient, nonce_of
from leerkracht.accounts.queries.federation import WAITING, as_waiting, federation
from leerkracht.accounts.queries.recent import check_recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.accounts.rules.federation import Federation, FederationRefused
from leerkracht.accounts.services import federation as services
from leerkracht.core.queries.words import say
from leerkracht.core.views.access import public
from leerkracht.core.views.pages import too_often

log = logging.getLogger(__name__)
STATUS = {"unreachable": 502, "replayed": 410, "cancelled": 200, "unknown_account": 403, "duplicate_subject": 409}


@public("nobody is signed in before they come back from their school")
@never_cache
@require_POST
def federation_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave for the sign-in page of a school: to sign in, or to accept an invitation with that account."""
    known = _known(slug)
    if not ratelimit.consume(request, action="login"):
        return too_often(request)
    purpose = ACCEPT if request.POST.get("purpose") == ACCEPT else SIGN_IN
    return _leave(request, known, purpose)


@require_POST
def federation_link(request: PersonRequest, slug: str) -> HttpResponse:
    """Leave for it to link that account to one's own."""
    known = _known(slug)
    check_recently_shown(request)
    return _leave(request, known, LINK)


@public("who comes back from their school is signed in here, and checks are the page's own")
@never_cache
@require_GET
def federation_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Where an organisation sends people back to, with a code that works once."""
    known = _known(slug)
    if not ratelimit.consume(request, action="login"):
        return too_often(request)
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(SchoolAccountClient(request, slug))(request)
    except Arrived as came:
        return _arrived(request, known, came)
    except FederationRefused as refusal:
        return _refused(request, known, refusal)
    return answer


@require_POST
def federation_unlink(request: PersonRequest, account_id: int) -> HttpResponse:
    check_recently_shown(request)
    if not services.unlink(person=request.user, account_id=account_id, now=timezone.now()):
        raise Http404
    _tell(request, "disconnected")
    messages.success(request, _("Je schoolaccount is ontkoppeld. Je logt in met een code in je mail."))
    return redirect("accounts:profile")


def _leave(request: HttpRequest, known: Federation, purpose: str) -> HttpResponse:
    """A page whose one link leads away: a form that is sent on to another site is stopped by our own policy."""
    asked_for = {"purpose": purpose, "person": request.user.pk}
    state_id = secrets.token_urlsafe(32)
    provider = get_adapter(request).get_provider(request, known.slug)
    try:
        way = provider.redirect(
            request,
            "login",
            next_url=_own(request, request.POST.get("next", "")),
            data=asked_for,
            state_id=state_id,
            auth_params={"nonce": nonce_of(state_id)},
        )
    except FederationRefused as refusal:
        return _refused(request, known, refusal)
    return render(request, "accounts/federation_leave.html", {"federation": known, "there": way.url})


def _arrived(request: HttpRequest, known: Federation, came: Arrived) -> HttpResponse:
    now = timezone.now()
    if came.asked_for["purpose"] == ACCEPT:
        request.session[WAITING] = as_waiting(came.arrival, now)
        return redirect(came.back or "home")
    if came.asked_for["person"] != request.user.pk or not request.user.is_authenticated:
        return _refused(request, known, FederationRefused("replayed"))
    person = cast(PersonRequest, request).user
    try:
        services.check_welcome(person=person, arrival=came.arrival, now=now)
        services.link(person=person, arrival=came.arrival, now=now)
    except FederationRefused as refusal:
        return _refused(request, known, refusal)
    _tell(cast(PersonRequest, request), "connected")
    done = _("Je schoolaccount van %(name)s is gekoppeld. Voortaan kun je daarmee inloggen.")
    messages.success(request, done % {"name": known.name})
    return redirect("accounts:profile")


def _tell(request: PersonRequest, what: str) -> None:
    """Mail the owner: a key that somebody else put on the door must not go unseen."""
    account_adapter(request).send_notification_mail(f"socialaccount/email/account_{what}", request.user)


def _refused(request: HttpRequest, known: Federation, refusal: FederationRefused) -> HttpResponse:
    log.warning("federation refused: %s from %s", refusal.code, known.slug)
    context: dict[str, Any] = {
        "federation": known,
        "reason": say(refusal),
        "code": refusal.code if refusal.is_fault else "",
        "is_cancelled": refusal.code == "cancelled",
    }
    return render(request, "accounts/federation_refused.html", context, status=STATUS.get(refusal.code, 403))


def _known(slug: str) -> Federation:
    known = federation(slug)
    if known is None:
        raise Http404
    return known


def _own(request: HttpRequest, back: str) -> str:
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else ""
