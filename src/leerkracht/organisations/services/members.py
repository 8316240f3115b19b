"""Who is in a team, on which days, and until when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor
from leerkracht.accounts.services import audit
from leerkracht.organisations.models import Team, TeamMembership
from leerkracht.organisations.rules.periods import check_not_ended, check_undo
from leerkracht.organisations.rules.teams import check_working

By = Person | Actor


@transaction.atomic
def add_member(
    *, team: Team, person: Person, by: By, now: datetime, work_days: int = TeamMembership.EVERY_DAY
) -> TeamMembership:
    """Let somebody take part from today; whoever is in already stays in, unchanged."""
    check_working(is_archived=team.archived_at is not None)
    today = timezone.localdate(now)
    membership, is_new = TeamMembership.objects.get_or_create(
        team=team, person=person, to_date=None, defaults={"from_date": today, "work_days": work_days}
    )
    if is_new:
        audit.record(act="organisations.member_joined", by=by, target=membership, school=team.school_id, at=now)
    return membership


@transaction.atomic
def set_work_days(*, membership: TeamMembership, work_days: int, by: By, now: datetime) -> TeamMembership:
    """Say on which days somebody works (bit 0 is Monday); the rota asks only who is in."""
    membership = _locked(membership)
    check_not_ended(to_date=membership.to_date, on=timezone.localdate(now))
    membership.work_days = work_days
    membership.save(update_fields=["work_days"])
    _record("organisations.work_days_set", membership, by, now)
    return membership


@transaction.atomic
def end_membership(*, membership: TeamMembership, by: By, now: datetime) -> TeamMembership:
    """Let somebody leave the team today; boards and history keep what they did."""
    membership, today = _locked(membership), timezone.localdate(now)
    check_not_ended(to_date=membership.to_date, on=today)
    membership.to_date = max(today, membership.from_date)
    membership.save(update_fields=["to_date"])
    _record("organisations.member_left", membership, by, now)
    return membership


@transaction.atomic
def restore_membership(*, membership: TeamMembership, by: By, now: datetime) -> TeamMembership:
    """Take an ending back, as if it never was; whoever joined again meanwhile stays so."""
    membership = _locked(membership)
    check_undo(to_date=membership.to_date, on=timezone.localdate(now))
    again = TeamMembership.objects.filter(team=membership.team_id, person=membership.person_id, to_date=None).first()
    if again:
        return again
    membership.to_date = None
    membership.save(update_fields=["to_date"])
    _record("organisations.member_returned", membership, by, now)
    return membership


def _locked(membership: TeamMembership) -> TeamMembership:
    rows = TeamMembership.objects.select_for_update(of=("self",)).select_related("team", "person")
    return rows.get(pk=membership.pk)


def _record(act: str, membership: TeamMembership, by: By, now: datetime) -> None:
    audit.record(act=act, by=by, target=membership, school=membership.team.school_id, at=now)
