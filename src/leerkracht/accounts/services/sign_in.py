"""Begin and end sign-ins: one-time links, and ending those elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from allauth.account.internal.flows.login import record_authentication  # allauth has no public way to say it
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import signing
from django.db import transaction
from django.http import HttpRequest

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor
from leerkracht.core.signals import sign_in_ended

from . import audit

LINK_LASTS = timedelta(hours=24)
_SALT = "leerkracht.accounts.one-time-link"


@transaction.atomic
def make_link(*, person: Person, by: Person | Actor, now: datetime) -> str:
    """Return a token that signs ``person`` in once within a day; any sign-in makes it worthless."""
    audit.record(act="accounts.link_made", by=by, target=person, at=now)
    return signing.dumps([person.pk, _last(person)], salt=_SALT)


def person_of_link(token: str) -> Person | None:
    """Return whom ``token`` may sign in now, or nobody when it is false, old or used."""
    try:
        pk, last = signing.loads(token, salt=_SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=pk, is_active=True).first()
    return person if person and _last(person) == last else None


def _last(person: Person) -> str:
    return person.last_login.isoformat() if person.last_login else ""


def count_as_second_factor(*, request: HttpRequest, authenticator: Authenticator) -> None:
    """Whoever sets up an app or a passkey has just used it: this sign-in needs no second one."""
    record_authentication(
        request, authenticator.user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )


def renew_key(request: HttpRequest) -> None:
    """Give this sign-in a new key now that it may do more: one that somebody saw or planted before is worth nothing."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def tell_end(session_key: str | None) -> None:
    """After the commit, tell who keeps something open for this sign-in that it is over."""
    if session_key:
        transaction.on_commit(partial(sign_in_ended.send, sender=None, session_key=session_key))


@transaction.atomic
def end_elsewhere(*, person: Person, current_key: str, now: datetime) -> int:
    """End all sign-ins of ``person`` but the current one; returns how many."""
    others = list(UserSession.objects.filter(user=person).exclude(session_key=current_key))
    for place in others:
        place.end()
        tell_end(place.session_key)
    if others:
        audit.record(act="accounts.signed_out_elsewhere", by=person, target=person, at=now)
    return len(others)
