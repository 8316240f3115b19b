"""Make, rename, archive and bring back teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.dispatch import Signal

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor
from leerkracht.accounts.services import audit
from leerkracht.organisations.models import Location, School, Team
from leerkracht.organisations.rules.teams import check_name_free, check_working

By = Person | Actor

# Rooms above hang their own things on a team: sent inside the transaction with ``team``, ``by`` and ``now``.
team_added, team_archived, team_restored = Signal(), Signal(), Signal()


@dataclass(frozen=True)
class TeamPlan:
    """What somebody fills in for a team."""

    name: str
    kind: str = Team.Kind.UNIT
    location: Location | None = None


@transaction.atomic
def add_team(*, school: School, plan: TeamPlan, by: By, now: datetime) -> Team:
    """Make a team at a school; a name that is in use there is refused."""
    _check_name(school, plan.name)
    team = Team.objects.create(school=school, name=plan.name, kind=plan.kind, location=plan.location)
    audit.record(act="organisations.team_added", by=by, target=team, school=school, at=now)
    team_added.send(Team, team=team, by=by, now=now)
    return team


@transaction.atomic
def change_team(*, team: Team, plan: TeamPlan, by: By, now: datetime) -> Team:
    """Change name, kind and location; a team in the archive is refused."""
    team = _locked(team)
    check_working(is_archived=team.archived_at is not None)
    _check_name(team.school, plan.name, besides=team.pk)
    team.name, team.kind, team.location = plan.name, plan.kind, plan.location
    team.save(update_fields=["name", "kind", "location"])
    audit.record(act="organisations.team_renamed", by=by, target=team, school=team.school_id, at=now)
    return team


@transaction.atomic
def archive_team(*, team: Team, by: By, now: datetime) -> Team:
    """Put a team away; its people and its boards stay as they are."""
    team = _locked(team)
    if team.archived_at is None:
        team.archived_at = now
        team.save(update_fields=["archived_at"])
        audit.record(act="organisations.team_archived", by=by, target=team, school=team.school_id, at=now)
        team_archived.send(Team, team=team, by=by, now=now)
    return team


@transaction.atomic
def restore_team(*, team: Team, by: By, now: datetime) -> Team:
    """Bring a team back; refused while another team took its name."""
    team = _locked(team)
    if team.archived_at is not None:
        _check_name(team.school, team.name, besides=team.pk)
        team.archived_at = None
        team.save(update_fields=["archived_at"])
        audit.record(act="organisations.team_restored", by=by, target=team, school=team.school_id, at=now)
        team_restored.send(Team, team=team, by=by, now=now)
    return team


def _locked(team: Team) -> Team:
    return Team.objects.select_for_update(of=("self",)).select_related("school").get(pk=team.pk)


def _check_name(school: School, name: str, besides: int = 0) -> None:
    same = Team.objects.filter(school=school, archived_at=None, name__iexact=name)
    check_name_free(name, taken=same.exclude(pk=besides).exists())
