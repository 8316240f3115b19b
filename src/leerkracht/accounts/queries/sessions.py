"""Who is behind a session, for pages that Django's middleware serves and for those it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import SessionLimits, device_words, is_over

from .second_factor import is_verified, needs_second_factor

BEGAN_AT = "began_at"
SEEN_AT = "seen_at"


@dataclass(frozen=True)
class SignIn:
    """One place where somebody is signed in, as the profile page shows it."""

    browser: str
    machine: str
    began_at: datetime
    is_current: bool


def limits() -> SessionLimits:
    return SessionLimits(idle=settings.SESSION_IDLE_SECONDS, whole=settings.SESSION_COOKIE_AGE)


def has_ended(session: Mapping[str, Any], now: datetime) -> bool:
    """Say whether a signed-in session was idle too long or lasted its whole day."""
    return is_over(began_at=session.get(BEGAN_AT), seen_at=session.get(SEEN_AT), now=now.timestamp(), limits=limits())


def person_behind(session: Mapping[str, Any], now: datetime) -> Person | None:
    """Return who is fully signed in by ``session`` (not ended, active, second factor shown where asked), or nobody.

    For requests that do not pass Django's middleware, such as live streams; at most two queries.
    """
    if not session.get(SESSION_KEY) or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    if has_ended(session, now):
        return None
    person = Person.objects.filter(pk=session[SESSION_KEY], is_active=True).first()
    if person is None or not constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return None
    return person if is_verified(session, person) or not needs_second_factor(person) else None


def sign_ins_of(person: Person, *, current_key: str, now: datetime) -> list[SignIn]:
    """List where ``person`` is signed in now, this place first; two queries however many."""
    known = UserSession.objects.filter(user=person).order_by("-created_at", "-pk")[:50]
    alive = set(
        Session.objects.filter(session_key__in=[k.session_key for k in known], expire_date__gt=now).values_list(
            "session_key", flat=True
        )
    )
    places = [
        SignIn(*device_words(place.user_agent), place.created_at, place.session_key == current_key)
        for place in known
        if place.session_key in alive
    ]
    return sorted(places, key=lambda place: not place.is_current)
