"""What lies on the desk of each role; every desk costs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from leerkracht.accounts.models import Person
from leerkracht.boards.queries.home import BoardToday
from leerkracht.organisations.models import (
    Invitation,
    Participation,
    Role,
    RoleAssignment,
    School,
    Stage,
    Team,
    TeamMembership,
)
from leerkracht.organisations.permissions import during, schools_as
from leerkracht.organisations.queries.roles import Hat

SMALLEST_TEAM = 2


@dataclass(frozen=True)
class TeamLine:
    pk: int
    name: str
    kind: str
    members: int


@dataclass(frozen=True)
class Step:
    """The next thing to do at a school; ``url_name`` and ``pk`` say where."""

    title: str
    why: str
    button: str
    url_name: str
    pk: int


@dataclass(frozen=True)
class SchoolDesk:
    """The desk of a school coach or leader: one school."""

    school: School
    stage: str
    teams: tuple[TeamLine, ...]
    invitations: int
    step: Step | None


@dataclass(frozen=True)
class SchoolLine:
    """One school in the list of who works at several."""

    pk: int
    name: str
    sector: str
    stage: str
    since: date | None
    teams: int
    people: int


@dataclass(frozen=True)
class Portfolio:
    schools: tuple[SchoolLine, ...]
    teams: int
    people: int


@dataclass(frozen=True)
class Tally:
    label: str
    number: int


@dataclass(frozen=True)
class CentralDesk:
    schools: int
    taking_part: int
    stages: tuple[Tally, ...]
    roles: tuple[Tally, ...]


@dataclass(frozen=True)
class AdministratorDesk:
    central_team: tuple[Person, ...]
    invitations: int


def school_desk(hat: Hat, now: datetime, on: date) -> SchoolDesk:
    """Return the desk of the hat's school; four queries."""
    school = School.objects.get(pk=hat.school_id or 0)
    rows = _teams(on).filter(school=school).order_by("name", "pk")
    teams = tuple(
        TeamLine(team.pk, team.name, team.get_kind_display(), team.members)  # type: ignore[attr-defined]  # annotated below
        for team in rows
    )
    invitations = _open_invitations(now).filter(Q(school=school) | Q(team__school=school)).count()
    participation = Participation.objects.filter(during(on), school=school).first()
    stage = participation.get_stage_display() if participation else ""
    return SchoolDesk(school, stage, teams, invitations, _next_step(school, teams, invitations))


def soonest_first(boards: Iterable[BoardToday], on: date) -> list[BoardToday]:
    """Put the board to stand at first: one that runs, then the nearest session, then those without one."""
    return sorted(
        boards, key=lambda board: (not board.is_running, board.session_date is None, board.session_date or on)
    )


def portfolio(person: Person, hat: Hat, on: date) -> Portfolio:
    """Return the schools this person reaches by the hat's role, wherever it is held; one query."""
    held_stage = Participation.objects.filter(during(on), school=OuterRef("pk"))
    schools = School.objects.filter(schools_as(person, frozenset({Role(hat.role)}), on)).annotate(
        stage=Subquery(held_stage.values("stage")[:1]),
        since=Subquery(held_stage.values("from_date")[:1]),
        team_count=Count("teams", filter=Q(teams__archived_at=None), distinct=True),
        people_count=Count(
            "teams__memberships__person",
            filter=Q(teams__archived_at=None) & during(on, "teams__memberships__"),
            distinct=True,
        ),
    )
    lines = tuple(_line(school) for school in schools.order_by("name", "pk"))
    return Portfolio(lines, sum(line.teams for line in lines), sum(line.people for line in lines))


def central_desk(on: date) -> CentralDesk:
    """Count schools by stage and people by role; four queries."""
    stages = dict(
        Participation.objects.filter(during(on)).values_list("stage").annotate(n=Count("school", distinct=True))
    )
    roles = dict(
        RoleAssignment.objects.filter(during(on)).values_list("role").annotate(n=Count("person", distinct=True))
    )
    roles[Role.TEACHER] = TeamMembership.objects.filter(during(on)).values("person").distinct().count()
    away = {Stage.DECLINED, Stage.PAUSED, Stage.STOPPED}
    return CentralDesk(
        schools=School.objects.filter(closed_date=None).count(),
        taking_part=sum(number for stage, number in stages.items() if stage not in away),
        stages=_counts(Stage, stages),
        roles=_counts(Role, roles),
    )


def administrator_desk(now: datetime, on: date) -> AdministratorDesk:
    """Return who is in the central team and who was invited; two queries."""
    held = RoleAssignment.objects.filter(during(on), role=Role.CENTRAL_TEAM)
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name", "pk")
    return AdministratorDesk(tuple(people), _open_invitations(now).filter(role=Role.CENTRAL_TEAM).count())


def _teams(on: date) -> QuerySet[Team]:
    members = Count("memberships", filter=during(on, "memberships__"))
    return Team.objects.filter(archived_at=None).annotate(members=members)


def _open_invitations(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(revoked_at=None, expires_at__gt=now, used__lt=F("places"))


def _next_step(school: School, teams: tuple[TeamLine, ...], invitations: int) -> Step | None:
    if not teams:
        return Step(
            _("Maak je eerste team"),
            _("Een team staat samen aan één bord: vier tot tien collega’s die elkaar elke week zien."),
            _("Team maken"),
            "organisations:team-add",
            school.pk,
        )
    lonely = next((team for team in teams if team.members < SMALLEST_TEAM), None)
    if lonely and not invitations:
        return Step(
            _("Nodig %(team)s uit") % {"team": lonely.name},
            _("Hang de QR op in de teamkamer of stuur een mail. Wie meedoet, staat meteen bij het team."),
            _("Collega’s uitnodigen"),
            "organisations:team-invite",
            lonely.pk,
        )
    return None


def _line(school: School) -> SchoolLine:
    stage: str | None = school.stage  # type: ignore[attr-defined]  # annotated above
    return SchoolLine(
        pk=school.pk,
        name=school.name,
        sector=school.get_sector_display(),
        stage=str(Stage(stage).label) if stage else "",
        since=school.since,  # type: ignore[attr-defined]
        teams=school.team_count,  # type: ignore[attr-defined]
        people=school.people_count,  # type: ignore[attr-defined]
    )


def _counts(choices: Iterable[Stage] | Iterable[Role], numbers: dict[str, int]) -> tuple[Tally, ...]:
    return tuple(Tally(str(choice.label), numbers[choice]) for choice in choices if numbers.get(choice))
