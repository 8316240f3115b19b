"""Somebody who guesses the mailed codes of one account, from many addresses, in ten invented minutes."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from allauth.account import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services.people import make_person

LOGIN, CONFIRM, PASSKEY = "/account/login/", "/account/login/code/confirm/", "/account/2fa/webauthn/login/"
TEN_MINUTES = 600.0


@dataclass
class Outcome:
    """What became of the guesses, and whether the owner got in meanwhile."""

    sent: int = 0
    evaluated: int = 0
    owner_is_in: bool = False


def guess(monkeypatch: pytest.MonkeyPatch, *, guesses: int, addresses: int = 50) -> Outcome:
    """Send ``guesses`` codes for one person's account, spread over ten minutes; then its owner shows a passkey."""
    cache.clear()
    outcome, owner = Outcome(), _owner()
    clock = [time.time()]
    compare = forms.compare_user_code

    def counted(*, actual: str, expected: str | None) -> bool:
        outcome.evaluated += bool(expected)
        return bool(compare(actual=actual, expected=expected))

    monkeypatch.setattr(time, "time", lambda: clock[0])
    monkeypatch.setattr(forms, "compare_user_code", counted)
    client = Client()
    for number in range(guesses):
        clock[0] += TEN_MINUTES / guesses
        address = f"10.9.{number % addresses}.7"
        if "account_login" not in client.session:
            client = Client()
            client.post(LOGIN, {"login": owner.email}, REMOTE_ADDR=address)
        client.post(CONFIRM, {"code": f"{number:08d}"}, REMOTE_ADDR=address)
        outcome.sent += 1
    outcome.owner_is_in = _shows_passkey(monkeypatch, owner)
    return outcome


def _owner() -> Person:
    return make_person(email="eigenaar@school.example", name="Eigenaar", by=THE_SYSTEM, now=timezone.now())


def _shows_passkey(monkeypatch: pytest.MonkeyPatch, owner: Person) -> bool:
    """A right touch of the owner's own key; the cryptography is the library's, and stands apart here."""
    key = Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "telefoon"})
    monkeypatch.setattr(auth, "parse_authentication_response", lambda credential: credential)
    monkeypatch.setattr(auth, "extract_user_from_response", lambda credential: owner)
    monkeypatch.setattr(auth, "complete_authentication", lambda user, credential: key)
    client = Client()
    client.post(PASSKEY, {"credential": '{"id": "a touch"}'}, REMOTE_ADDR="10.8.0.1")
    return client.session.get("_auth_user_id") == str(owner.pk)
