"""Invitations: found by the secret in their link, and shown as a code."""

from __future__ import annotations

import io
from datetime import date, datetime

import segno
from django.conf import settings
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.http import Http404
from django.urls import reverse

from leerkracht.accounts.models import Person
from leerkracht.organisations.kernel.tokens import digest_of
from leerkracht.organisations.models import GoverningBody, Invitation, School
from leerkracht.organisations.permissions import (
    reachable_governing_bodies,
    reachable_schools,
    works_for_the_foundation,
)

OPEN, USED, EXPIRED, REVOKED = "open", "used", "expired", "revoked"
STATES = (OPEN, EXPIRED, USED, REVOKED)
ORDERS = {
    "made": ("-created_at", "-pk"),
    "-made": ("created_at", "pk"),
    "name": ("name", "email", "pk"),
    "-name": ("-name", "-email", "pk"),
    "until": ("expires_at", "pk"),
    "-until": ("-expires_at", "pk"),
}
MOST_WORDS = 6


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation that this secret opens, or nothing; whether it is still open is for the rules."""
    rows = Invitation.objects.select_related("team__school", "school", "governing_body", "created_by")
    return rows.filter(token_digest=digest_of(token)).first()


def link_of(token: str) -> str:
    return settings.BASE_URL + reverse("organisations:invitation", args=[token])


def qr_of(token: str) -> str:
    """The link as an SVG that scales."""
    out = io.BytesIO()
    segno.make(link_of(token), error="m").save(out, kind="svg", border=2, xmldecl=False, omitsize=True, light="#fff")
    return out.getvalue().decode()


def invitations_found(
    person: Person, words: str, order: str, now: datetime, on: date, *, state: str = ""
) -> QuerySet[Invitation]:
    """Invitations of the places whose people this person oversees, each with its ``state``; without any school 404.

    Every word stands in name, address, team, school or governing body. Three queries, however many there are.
    """
    schools = School.objects.filter(reachable_schools(person, "oversee", on))
    bodies = GoverningBody.objects.filter(reachable_governing_bodies(person, "edit", on))
    for_all = works_for_the_foundation(person, on)
    if not (for_all or schools.exists()):
        raise Http404
    reach = Q(team__school__in=schools) | Q(school__in=schools) | Q(governing_body__in=bodies)
    if for_all:
        reach |= Q(team=None, school=None, governing_body=None)
    rows = Invitation.objects.filter(reach).annotate(
        state=Case(
            When(revoked_at__isnull=False, then=Value(REVOKED)),
            When(used__gte=F("places"), then=Value(USED)),
            When(expires_at__lte=now, then=Value(EXPIRED)),
            default=Value(OPEN),
        )
    )
    if state in STATES:
        rows = rows.filter(state=state)
    for word in words.split()[:MOST_WORDS]:
        places = ("name", "email", "team__name", "team__school__name", "school__name", "governing_body__name")
        found = Q()
        for place in places:
            found |= Q(**{f"{place}__icontains": word})
        rows = rows.filter(found)
    rows = rows.select_related("team__school", "school", "governing_body", "created_by")
    return rows.order_by(*ORDERS.get(order, ORDERS["made"]))
