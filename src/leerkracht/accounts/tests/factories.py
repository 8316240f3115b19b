"""People with dull defaults, and signing them in."""

from __future__ import annotations

from itertools import count
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.utils import timezone

from leerkracht.accounts.models import Person, PersonMerge

_numbers = count(1)


def person(name: str = "Samira de Vries", **fields: object) -> Person:
    """Make somebody; the address is unique by itself."""
    fields.setdefault("email", f"persoon{next(_numbers)}@school.example")
    return Person.objects.create_user(name=name, **fields)


def a_merge(*, kept: Person, gone: Person, **fields: Any) -> PersonMerge:
    """Two persons who were one; nothing moved."""
    return PersonMerge.objects.create(**{"kept": kept, "gone": gone, "by": kept, "at": timezone.now()} | fields)


def sign_in(client: Client, who: Person, *, second_factor: bool = True) -> Client:
    """Sign ``who`` in; by default with the second factor shown, as for roles that ask one."""
    client.force_login(who)
    if second_factor:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": 0.0}]
        session["account_authentication_methods_user"] = str(who.pk)
        session.save()
    return client
