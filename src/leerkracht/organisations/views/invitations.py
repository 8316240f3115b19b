"""Invitations as their makers see them: show the code, send again, withdraw."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.views.pages import show
from leerkracht.organisations.models import Invitation
from leerkracht.organisations.queries import places
from leerkracht.organisations.queries.invitations import link_of, qr_of
from leerkracht.organisations.rules.invitations import is_open
from leerkracht.organisations.services import invitations as services

from .answers import press


@never_cache
def invitation_qr(request: PersonRequest, invitation_id: int) -> HttpResponse:
    """The code, large, to show or print; a mailed invitation has none: it is for one mailbox only."""
    found = places.invitation_for(request.user, invitation_id, timezone.localdate())
    if found.email or found.team is None:
        raise Http404
    token = services.token_of(found)
    context = {
        "invitation": found,
        "team": found.team,
        "qr": qr_of(token),
        "link": link_of(token),
        "places_left": found.places - found.used,
        "is_open": is_open(services.facts_of(found), now=timezone.now()),
    }
    return show(request, "organisations/invitation_qr.html", context=context)


@require_POST
def invitation_resend(request: PersonRequest, invitation_id: int) -> HttpResponse:
    found = places.invitation_for(request.user, invitation_id, timezone.localdate())
    done = _("De uitnodiging gaat opnieuw naar %(email)s.") if found.email else _("De code werkt weer veertien dagen.")
    return press(
        request,
        lambda: services.resend_invitation(invitation=found, by=request.user, now=timezone.now()),
        done % {"email": found.email},
        _back(found),
    )


@require_POST
def invitation_revoke(request: PersonRequest, invitation_id: int) -> HttpResponse:
    found = places.invitation_for(request.user, invitation_id, timezone.localdate())
    return press(
        request,
        lambda: services.revoke_invitation(invitation=found, by=request.user, now=timezone.now()),
        _("De uitnodiging is ingetrokken. Wie al meedoet, blijft meedoen."),
        _back(found),
    )


def _back(invitation: Invitation) -> str:
    if invitation.team_id:
        return reverse("organisations:team", args=[invitation.team_id])
    if invitation.school_id:
        return reverse("organisations:school", args=[invitation.school_id])
    if invitation.governing_body_id:
        return reverse("organisations:body", args=[invitation.governing_body_id])
    return reverse("organisations:people")
