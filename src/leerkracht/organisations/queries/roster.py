"""Within which codes a roster must lie, and which were taken in lately."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.http import Http404

from leerkracht.organisations.models import GoverningBody, Location, RosterImport, School, SchoolGovernance
from leerkracht.organisations.permissions import during
from leerkracht.organisations.rules.periods import UNDO_DAYS


def codes_of_school(school: School) -> frozenset[str]:
    """The school's own code and those of its locations."""
    return frozenset({school.code.upper(), *_locations([school.pk])})


def codes_of_body(body: GoverningBody, on: date) -> frozenset[str]:
    """The body's number, and the codes of the schools that it governs on that day."""
    schools = School.objects.filter(
        pk__in=SchoolGovernance.objects.filter(during(on), governing_body=body).values("school")
    )
    codes = dict(schools.values_list("pk", "code"))
    return frozenset({body.number.upper(), *(code.upper() for code in codes.values()), *_locations(list(codes))})


def recent_rosters(school: School, now: datetime) -> list[RosterImport]:
    """What was taken in for this school and can be taken back, the latest first."""
    since = now - timedelta(days=UNDO_DAYS)
    rows = RosterImport.objects.filter(school=school, undone_at=None, at__gt=since).select_related("by")
    return list(rows.order_by("-at", "-pk")[:10])


def roster_of(school: School, roster_id: int) -> RosterImport:
    found = RosterImport.objects.filter(school=school, pk=roster_id).first()
    if found is None:
        raise Http404
    return found


def _locations(schools: list[int]) -> list[str]:
    codes = Location.objects.filter(school__in=schools).values_list("code", flat=True)
    return [code.upper() for code in codes]
