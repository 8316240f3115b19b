"""Themes of a school: who may see and arrange them, and which teams work on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404

from leerkracht.accounts.models import Person
from leerkracht.core.kernel.periods import SchoolYear
from leerkracht.organisations.models import School, Team
from leerkracht.organisations.permissions import reachable_teams

from .. import permissions
from ..models import Theme, ThemeAdoption
from .boards import HIGHEST_ID


@dataclass(frozen=True)
class ThemeRow:
    """One theme with the teams on it that the reader may see; ``teams_left`` are their own that may still adopt it."""

    theme: Theme
    adoptions: tuple[ThemeAdoption, ...]
    own: frozenset[int]
    teams_left: tuple[Team, ...]

    @property
    def is_open(self) -> bool:
        return self.theme.state in (Theme.State.PLANNED, Theme.State.ACTIVE)


def school_for(person: Person, school_id: int, on: date, *, action: str = "view") -> School:
    """The school whose themes this person may see (``view``) or arrange (``edit``)."""
    if school_id > HIGHEST_ID:
        raise Http404
    for wanted in (action, "view"):
        school = School.objects.filter(permissions.themed_schools(person, wanted, on), pk=school_id).first()
        if school is not None and wanted == action:
            return school
        if school is not None:
            raise PermissionDenied
    raise Http404


def may_arrange(person: Person, school: School, on: date) -> bool:
    return School.objects.filter(permissions.themed_schools(person, "edit", on), pk=school.pk).exists()


def theme_for(person: Person, theme_id: int, on: date, *, action: str = "view") -> Theme:
    """A theme of such a school."""
    theme = Theme.objects.select_related("school").filter(pk=min(theme_id, HIGHEST_ID)).first()
    if theme is None:
        raise Http404
    school_for(person, theme.school_id, on, action=action)
    return theme


def own_teams(person: Person, school: School, on: date) -> list[Team]:
    """Teams of the school for which this person may choose."""
    reach = reachable_teams(person, "work", on)
    return list(Team.objects.filter(reach, school=school, archived_at=None).order_by("name", "pk"))


def themes_of_year(person: Person, school: School, year: SchoolYear, on: date) -> list[ThemeRow]:
    """Themes of one school year, running and planned ones first; a constant number of queries."""
    teams = own_teams(person, school, on)
    mine = frozenset(team.pk for team in teams)
    seen = reachable_teams(person, "view", on, prefix="team__")  # a teacher's own teams; a coach's whole school
    current = ThemeAdoption.objects.filter(seen, to_date=None).select_related("team").order_by("team__name", "pk")
    rows = Theme.objects.filter(school=school, school_year=year.start).prefetch_related(
        Prefetch("adoptions", queryset=current)
    )
    order = {"ACTIVE": 0, "PLANNED": 1, "CLOSED": 2, "DROPPED": 3}
    found = []
    for theme in sorted(rows, key=lambda t: (order[t.state], t.from_date, t.pk)):
        adopted = tuple(theme.adoptions.all())
        taken = {a.team_id for a in adopted}
        left = tuple(t for t in teams if t.pk not in taken) if theme.state in ("PLANNED", "ACTIVE") else ()
        found.append(ThemeRow(theme, adopted, mine, left))
    return found


def adopted_themes(team_id: int | None) -> list[Theme]:
    """Themes that a goal of this team may hang under."""
    if team_id is None:
        return []
    rows = ThemeAdoption.objects.filter(team=team_id, to_date=None, theme__state__in=("PLANNED", "ACTIVE"))
    return [row.theme for row in rows.select_related("theme").order_by("theme__from_date", "pk")]
