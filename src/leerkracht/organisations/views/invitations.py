"""Invitations as their makers see them: show the code, send again, withdraw."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leerkracht.accounts.queries.recent import check_recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.rules import gettext_noop as _n
from leerkracht.core.views.pages import show
from leerkracht.core.views.reads import tell_shown
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.forms import InvitationStateForm
from leerkracht.organisations.models import Invitation
from leerkracht.organisations.queries import places
from leerkracht.organisations.queries.invitations import (
    EXPIRED,
    OPEN,
    REVOKED,
    USED,
    invitations_found,
    link_of,
    qr_of,
)
from leerkracht.organisations.rules.invitations import is_open
from leerkracht.organisations.services import invitations as services
from leerkracht.organisations.services.invitation_mail import place_words

from .answers import press

PAGE = 50


STATE_WORDS = {OPEN: _n("open"), EXPIRED: _n("verlopen"), USED: _n("gebruikt"), REVOKED: _n("ingetrokken")}


def invitations(request: PersonRequest) -> HttpResponse:
    """Search, sort, narrow by state; ``?export=`` gives the list as a file."""
    words, order = request.GET.get("q", "").strip()[:80], request.GET.get("sort", "made")
    form, now = InvitationStateForm({"state": request.GET.get("state", OPEN)}), timezone.now()
    found = invitations_found(request.user, words, order, now, timezone.localdate(), state=form.wanted)
    if wants_file(request):
        check_recently_shown(request)
        head = [_("naam"), _("e-mailadres"), _("waarvoor"), _("van wie"), _("sinds"), _("geldig tot"), _("stand")]
        rows = (
            (i.name, i.email or _("QR-code"), place_words(i), i.created_by, i.created_at, i.expires_at, _state(i))
            for i in found
        )
        return list_file(request, _n("Uitnodigingen"), head, rows)
    tell_shown(request, _n("Uitnodigingen"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(one, place_words(one), _state(one), _back(one)) for one in page.object_list],
        "words": words,
        "order": order,
        "form": form,
    }
    return show(request, "organisations/invitations.html", context=context)


def _state(invitation: Invitation) -> str:
    return _(STATE_WORDS[invitation.state])  # type: ignore[attr-defined]  # annotated by the query


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
