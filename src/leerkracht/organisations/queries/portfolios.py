"""Which coach has which schools, governing bodies and regions, and what went over lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import Handover, Role, RoleAssignment
from leerkracht.organisations.permissions import is_central
from leerkracht.organisations.rules.periods import UNDO_DAYS

COACHING = (Role.EXPERT_COACH, Role.CHANGE_COACH)
ORDERS = {
    "name": ("name", "pk"),
    "-name": ("-name", "-pk"),
    "places": ("places", "name"),
    "-places": ("-places", "name"),
}


@dataclass(frozen=True)
class PlaceLine:
    """One place of a coach: what kind, since when, and when it goes to whom."""

    held: RoleAssignment
    name: str
    code: str


def check_arranges(person: Person, on: date) -> None:
    """Portfolios are arranged by the central team; for everyone else the pages do not exist."""
    if not is_central(person, on):
        raise Http404


def coaches(on: date, *, words: str = "", order: str = "name") -> QuerySet[Person]:
    """Everyone who coaches now or will, with the number of places; an unknown order is by name."""
    here = Q(roles__role__in=COACHING) & (Q(roles__to_date=None) | Q(roles__to_date__gt=on))
    rows = Person.objects.filter(is_active=True).annotate(places=Count("roles", filter=here)).filter(places__gt=0)
    for word in words.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return rows.order_by(*ORDERS.get(order, ORDERS["name"]))


def coach_for(coach_id: int) -> Person:
    """A coach of now, later, or before."""
    return get_object_or_404(Person.objects.filter(roles__role__in=COACHING).distinct(), pk=coach_id)


def places_of(coach: Person, on: date) -> list[PlaceLine]:
    """Places that the coach has now or will have, by name."""
    still = Q(to_date=None) | Q(to_date__gt=on)
    rows = RoleAssignment.objects.filter(still, person=coach, role__in=COACHING)
    lines = [_line(row) for row in rows.select_related("school", "governing_body", "region")]
    return sorted(lines, key=lambda line: (line.name.casefold(), line.held.pk))


def recent_handovers(now: datetime, on: date, *, coach: Person | None = None) -> list[Handover]:
    """What went over, or will, and can be taken back; the latest first."""
    rows = Handover.objects.filter(undone_at=None, day__gte=on - timedelta(days=UNDO_DAYS))
    rows = rows if coach is None else rows.filter(giver=coach)
    return list(rows.select_related("giver", "by").order_by("-at", "-pk")[:20])


def handover_for(handover_id: int) -> Handover:
    return get_object_or_404(Handover.objects.select_related("giver"), pk=handover_id)


def _line(row: RoleAssignment) -> PlaceLine:
    if row.school is not None:
        return PlaceLine(row, row.school.name, row.school.code)
    if row.governing_body is not None:
        return PlaceLine(row, str(row.governing_body), row.governing_body.number)
    return PlaceLine(row, str(row.region or ""), "")
