"""Who works for the foundation and everywhere."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.views.pages import show
from leerkracht.organisations.forms import RoleInviteForm
from leerkracht.organisations.queries.people import PlacePeople, foundation_people
from leerkracht.organisations.services.roles import Post

from .roles import invite


def people(request: PersonRequest) -> HttpResponse:
    seen = _seen(request)
    return show(request, "organisations/people.html", context={"people": seen, "now": timezone.now()})


def invite_central(request: PersonRequest) -> HttpResponse:
    """Administrators invite the central team; the central team invites everyone else who works everywhere."""
    seen = _seen(request)
    if not seen.can_invite:
        raise PermissionDenied
    form = RoleInviteForm(request.POST or None, roles=seen.can_invite)
    return invite(request, form, Post(seen.can_invite[0]), {"place": None, "back": reverse("organisations:people")})


def _seen(request: PersonRequest) -> PlacePeople:
    seen = foundation_people(request.user, timezone.now(), timezone.localdate())
    if not seen.can_view:
        raise Http404
    return seen
