"""One team, as somebody may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from leerkracht.accounts.models import Person
from leerkracht.core.rules import gettext_noop as _
from leerkracht.organisations.models import Invitation, RoleAssignment, Team, TeamMembership
from leerkracht.organisations.permissions import reachable_teams
from leerkracht.organisations.rules.periods import UNDO_DAYS
from leerkracht.organisations.rules.teams import size_advice

from .people import guides_of, members_of, open_invitations

DAY_LETTERS = (_("ma"), _("di"), _("wo"), _("do"), _("vr"))


@dataclass(frozen=True)
class MemberLine:
    membership: TeamMembership
    days: tuple[str, ...]

    @property
    def works_every_day(self) -> bool:
        return self.membership.work_days == TeamMembership.EVERY_DAY


@dataclass(frozen=True)
class TeamPage:
    """``left`` and ``invitations`` are there only for who may change them."""

    members: tuple[MemberLine, ...]
    guides: tuple[RoleAssignment, ...]
    left: tuple[TeamMembership, ...]
    invitations: tuple[Invitation, ...]
    can_edit: bool
    advice: str


def team_page(person: Person, team: Team, now: datetime, on: date) -> TeamPage:
    """Members with their days, who guides them, and what an editor may undo or send again."""
    can_edit = Team.objects.filter(reachable_teams(person, "edit", on), pk=team.pk).exists()
    members = tuple(MemberLine(row, days_of(row.work_days)) for row in members_of(team, on))
    return TeamPage(
        members=members,
        guides=tuple(guides_of(team, on)),
        left=tuple(_left(team, on)) if can_edit else (),
        invitations=tuple(open_invitations(Q(team=team), now)) if can_edit else (),
        can_edit=can_edit,
        advice=size_advice(len(members)),
    )


def days_of(work_days: int) -> tuple[str, ...]:
    """Msgids of the days, Monday first."""
    return tuple(letters for bit, letters in enumerate(DAY_LETTERS) if work_days >> bit & 1)


def _left(team: Team, on: date) -> list[TeamMembership]:
    since = on - timedelta(days=UNDO_DAYS)
    here = TeamMembership.objects.filter(team=team, to_date=None).values("person")
    rows = TeamMembership.objects.filter(team=team, to_date__gte=since, to_date__lte=on).exclude(person__in=here)
    return list(rows.select_related("person").order_by("-to_date", "person__name", "pk"))
