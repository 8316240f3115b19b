"""What this room keeps about a person, and letting it go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from leerkracht.core.registry.privacy import Erasure, Keeper, Sheet, take_names_out
from leerkracht.organisations.models import (
    Contact,
    Handover,
    Invitation,
    Role,
    RoleAssignment,
    RosterImport,
    SheetChange,
    SheetRows,
    TeamMembership,
)
from leerkracht.organisations.permissions import during
from leerkracht.organisations.rules.erasure import check_not_last

Row = TypeVar("Row", Invitation, Contact)
MUST_REMAIN = (Role.CENTRAL_TEAM, Role.ADMINISTRATOR)


def collect(ids: Sequence[int], emails: Sequence[str]) -> list[Sheet]:
    """Teams, roles, invitations and contacts; queries follow kinds, not rows."""
    teams = TeamMembership.objects.filter(person__in=ids).select_related("team__school").order_by("from_date", "pk")
    roles = RoleAssignment.objects.filter(person__in=ids).select_related("school", "governing_body", "region")
    asked = _with_address(Invitation.objects.all(), emails).order_by("created_at", "pk")
    contacts = _with_address(Contact.objects.all(), emails).select_related("school", "governing_body").order_by("pk")
    return [
        Sheet(
            "Teams",
            ["team", "school", "van", "tot"],
            [(row.team.name, row.team.school.name, row.from_date, row.to_date) for row in teams],
        ),
        Sheet(
            "Rollen",
            ["rol", "plek", "van", "tot"],
            [
                (
                    row.get_role_display(),
                    row.school or row.governing_body or row.region or "",
                    row.from_date,
                    row.to_date,
                )
                for row in roles.order_by("from_date", "pk")
            ],
        ),
        Sheet(
            "Uitnodigingen aan jou",
            ["rol", "naam", "e-mailadres", "gemaakt", "tot"],
            [(row.get_role_display(), row.name, row.email, row.created_at, row.expires_at) for row in asked],
        ),
        Sheet(
            "Jij als contactpersoon",
            ["plek", "naam", "functie", "e-mailadres", "telefoon", "opmerking"],
            [
                (row.school or row.governing_body, row.name, row.function, row.email, row.phone, row.remark)
                for row in contacts
            ],
        ),
    ]


def check(asked: Erasure) -> None:
    """Refuse the last who can let others in."""
    today = timezone.localdate(asked.now)
    held = RoleAssignment.objects.filter(during(today), person__is_active=True, role__in=MUST_REMAIN)
    for role in MUST_REMAIN:
        wearers = set(held.filter(role=role).values_list("person", flat=True))
        check_not_last(str(role.label), own=bool(wearers & set(asked.ids)), others=len(wearers - set(asked.ids)))


def erase(asked: Erasure) -> None:
    """End roles and places in teams today, and drop every copy of name and address."""
    today = timezone.localdate(asked.now)
    for rows in (
        TeamMembership.objects.filter(person__in=asked.ids),
        RoleAssignment.objects.filter(person__in=asked.ids),
    ):
        rows.filter(from_date__gt=today).delete()
        rows.filter(Q(to_date=None) | Q(to_date__gt=today)).update(to_date=today)
    _with_address(Invitation.objects.all(), asked.emails).delete()
    _with_address(Contact.objects.all(), asked.emails).delete()
    take_names_out(SheetRows, ["rows", "refused"], asked)
    take_names_out(SheetChange, ["before", "after"], asked)
    take_names_out(RosterImport, ["moved"], asked)
    take_names_out(Handover, ["moved"], asked)


def _with_address(rows: QuerySet[Row], emails: Sequence[str]) -> QuerySet[Row]:
    return rows.filter(reduce(or_, (Q(email__iexact=email) for email in emails)))


KEEPER = Keeper(collect=collect, erase=erase, check=check)
