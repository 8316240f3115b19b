"""Link an account of somebody's school to their own, and let it go again."""

from __future__ import annotations

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.federation import works_at
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.rules.federation import Arrival, FederationRefused, check_place

from . import audit

LINKED = "accounts.school_account_linked"
UNLINKED = "accounts.school_account_unlinked"
REFUSED = "accounts.sign_in_refused"


@transaction.atomic
def link(*, person: Person, arrival: Arrival, now: datetime) -> SocialAccount:
    """Let ``person`` sign in from there from now on; linking twice is linking once, two schools are two accounts.

    The link is issuer and subject, never a mail address: addresses are given to somebody else one day.

    Raises
    ------
    FederationRefused : ``duplicate_subject`` when it is somebody else's
    """
    row = SocialAccount.objects.filter(provider=arrival.issuer, uid=arrival.subject)
    if own := row.filter(user=person).first():
        return own
    try:
        with transaction.atomic():
            made = SocialAccount.objects.create(user=person, provider=arrival.issuer, uid=arrival.subject)
    except IntegrityError:
        raise FederationRefused("duplicate_subject") from None
    audit.record(act=LINKED, by=person, target=person, at=now)
    return made


@transaction.atomic
def unlink(*, person: Person, account_id: int, now: datetime) -> bool:
    """Forget one's own linked account; a mailed code always remains. Returns whether there was one."""
    gone, _kinds = SocialAccount.objects.filter(user=person, pk=account_id).delete()
    if gone:
        audit.record(act=UNLINKED, by=person, target=person, at=now)
    return bool(gone)


def check_welcome(*, person: Person, arrival: Arrival, now: datetime) -> None:
    """Refuse somebody who left, or who comes from a school where they do not work; the trail says so.

    Raises
    ------
    FederationRefused : ``inactive``, ``other_school``
    """
    try:
        if not person.is_active:
            raise FederationRefused("inactive")
        check_place(arrival, lambda code: works_at(person, code, timezone.localdate(now)))
    except FederationRefused:
        audit.record(act=REFUSED, by=THE_SYSTEM, target=person, at=now)
        raise
