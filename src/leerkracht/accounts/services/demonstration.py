"""Sign in as one of the made-up people with one click; refuses by itself outside the demonstration."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication  # allauth has no public way to say it
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.second_factor import DEMONSTRATION


def sign_in_as(*, request: HttpRequest, person: Person) -> None:
    """Sign in as ``person``, second factor counted as shown.

    Raises
    ------
    Http404 : outside the demonstration, whoever asks
    """
    if not settings.DEMONSTRATION:
        raise Http404
    logout(request)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, "mfa", type=DEMONSTRATION)
    UserSession.objects.create_from_request(request)
