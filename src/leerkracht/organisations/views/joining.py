"""Saying yes to an invitation."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import record_authentication  # allauth has no public way to say it
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess  # nor to start a mailed code
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.federation import WAITING, federation, waiting_arrival
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.accounts.rules.federation import FederationRefused
from leerkracht.accounts.services.people import trust_address
from leerkracht.accounts.services.sign_in import renew_key
from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal
from leerkracht.core.views.access import public
from leerkracht.core.views.pages import show
from leerkracht.organisations.forms import JoinForm, NameForm
from leerkracht.organisations.models import Invitation
from leerkracht.organisations.queries.hats import HAT
from leerkracht.organisations.queries.invitations import invitation_by_token
from leerkracht.organisations.queries.roles import hats_of
from leerkracht.organisations.rules.invitations import InvitationRefused, check_address, check_open
from leerkracht.organisations.services import invitations as services
from leerkracht.organisations.services.invitation_mail import place_words
from leerkracht.organisations.services.school_accounts import accept_with_school_account
from leerkracht.organisations.signals import PENDING_INVITATION

PAGE = "organisations/invitation.html"
STATUS = {"unknown": 404, "other_address": 409}


@public("who is invited may not have an account yet")
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say who invites for what; nothing happens before a press on the button, so a mail program may open the link."""
    found = invitation_by_token(token)
    if found is None:
        return _closed(request, "unknown", "")
    try:
        check_open(services.facts_of(found), now=timezone.now())
        if request.user.is_authenticated:
            check_address(invited=found.email, own=request.user.email)
    except InvitationRefused as refusal:
        return _closed(request, refusal.code, say(refusal), found)
    if request.user.is_authenticated:
        return _as_member(cast(PersonRequest, request), found)
    return _by_mail(request, found) if found.email else _by_code(request, found)


@never_cache
def invitation_arrive(request: PersonRequest) -> HttpResponse:
    """Where the mailed code leads: the place was asked for a moment ago, and the address is proven now."""
    waiting = request.session.pop(PENDING_INVITATION, None) or {}
    found = Invitation.objects.filter(pk=waiting.get("id", 0)).first()
    if found is None or waiting.get("email") != request.user.email.lower():
        return redirect("home")
    return _let_in(request, found)


def _as_member(request: PersonRequest, found: Invitation) -> HttpResponse:
    if request.method == "POST":
        return _let_in(request, found)
    return _ask(request, found, None)


def _let_in(request: PersonRequest, found: Invitation) -> HttpResponse:
    try:
        welcome = services.accept(invitation=found, person=request.user, now=timezone.now())
        renew_key(request)
    except Refusal as refusal:  # the invitation's, or the team's: it may be in the archive by now
        messages.warning(request, say(refusal))
    else:
        _welcome(request, welcome)
    return redirect("home")


def _by_mail(request: HttpRequest, found: Invitation) -> HttpResponse:
    """The link came to this mailbox: one press signs in. Who has an account keeps their own name."""
    is_known = Person.objects.filter(email__iexact=found.email).exists()
    form = NameForm(request.POST or None, initial={"name": found.name})
    if request.method != "POST" or not (is_known or form.is_valid()):
        return _ask(request, found, None if is_known else form)
    name = "" if is_known else " ".join(form.cleaned_data["name"].split())
    now = timezone.now()
    arrival = waiting_arrival(request.session, now) if "school_account" in request.POST else None
    try:
        if arrival is None:
            welcome = services.accept_by_mail_link(invitation=found, name=name, now=now)
        else:
            welcome = accept_with_school_account(invitation=found, arrival=arrival, name=name, now=now)
    except FederationRefused as refusal:
        request.session.pop(WAITING, None)
        messages.warning(request, say(refusal))
        return _ask(request, found, None if is_known else form)
    except Refusal as refusal:
        return _closed(request, refusal.code, say(refusal), found)
    request.session.pop(WAITING, None)
    return _sign_in(request, welcome)


def _sign_in(request: HttpRequest, welcome: services.Welcome) -> HttpResponse:
    person = welcome.person
    trust_address(person=person, email=person.email)
    record_authentication(request, person, method="code", email=person.email)
    response: HttpResponse = perform_login(request, person, email_verification="none", redirect_url=reverse("home"))
    _welcome(request, welcome)
    return response


def _by_code(request: HttpRequest, found: Invitation) -> HttpResponse:
    """A code on a wall proves nothing: ask the name and the address, and send a code there."""
    form = JoinForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, found, form)
    guest = form.guest()
    if not ratelimit.consume(request, action="request_login_code", key=guest.email):
        form.add_error("email", _("Er gingen net al een paar codes naar dit adres. Wacht een paar minuten."))
        return _ask(request, found, form)
    person = services.announce_newcomer(invitation=found, guest=guest, now=timezone.now())
    request.session[PENDING_INVITATION] = {"id": found.pk, "email": person.email.lower()}
    receiver = person if person.is_active else None
    LoginCodeVerificationProcess.initiate(request=request, user=receiver, email=guest.email)
    back = urlencode({"next": reverse("organisations:invitation-arrive")})
    return redirect(f"{reverse('account_confirm_login_code')}?{back}")


def _welcome(request: HttpRequest, welcome: services.Welcome) -> None:
    """Say it, and put on the hat that came with it."""
    found = welcome.invitation
    place = found.team_id or found.school_id or found.governing_body_id
    hats = hats_of(welcome.person, timezone.localdate())
    fitting = (hat.key for hat in hats if hat.role == found.role and hat.place_id == place)
    request.session[HAT] = next(fitting, request.session.get(HAT))
    messages.success(request, _("Welkom! Je doet mee: %(place)s.") % {"place": place_words(found)})


def _ask(request: HttpRequest, found: Invitation, form: NameForm | None) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    arrival = waiting_arrival(request.session, timezone.now()) if found.email else None
    context = {
        "invitation": found,
        "place": place_words(found),
        "form": form,
        "came_from": federation(arrival.slug) if arrival else None,
    }
    return show(request, PAGE, context=context, status=status)


def _closed(request: HttpRequest, code: str, reason: str, found: Invitation | None = None) -> HttpResponse:
    context = {"invitation": found, "code": code, "reason": reason}
    return show(request, "organisations/invitation_closed.html", context=context, status=STATUS.get(code, 410))
