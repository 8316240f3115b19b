"""Who must show a second proof of who they are, and whether this sign-in did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings

from leerkracht.accounts.models import Person

Requirement = Callable[[Person], bool]
_requirements: list[Requirement] = []

DEMONSTRATION = "demonstration"
_WHOSE = "account_authentication_methods_user"


def register_requirement(requirement: Requirement) -> None:
    """Add a question asked of everyone who signs in; an upper room calls this once, in ``AppConfig.ready``."""
    if requirement not in _requirements:
        _requirements.append(requirement)


def needs_second_factor(person: Person) -> bool:
    """Say whether any room asks a second factor of ``person`` today."""
    return any(requirement(person) for requirement in _requirements)


def is_verified(session: Mapping[str, Any], person: Person) -> bool:
    """Say whether this sign-in showed an app's code, a recovery code or a passkey; costs no query."""
    return bool(_shown(session, person))


def was_shown_recently(session: Mapping[str, Any], person: Person, now: float) -> bool:
    """Say whether that was a quarter of an hour ago at most; one click in the demonstration counts all day."""
    return any(
        record.get("type") == DEMONSTRATION or now - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        for record in _shown(session, person)
    )


def _shown(session: Mapping[str, Any], person: Person) -> list[dict[str, Any]]:
    if session.get(_WHOSE) != str(person.pk):
        return []
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    shown = [record for record in records if record["method"] == "mfa"]
    return [record for record in shown if settings.DEMONSTRATION or record.get("type") != DEMONSTRATION]


def has_second_factor(person: Person) -> bool:
    """Say whether this person has an authenticator app or a passkey."""
    own = Authenticator.objects.filter(user=person)
    return bool(own.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
