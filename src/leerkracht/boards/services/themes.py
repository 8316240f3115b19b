"""Write themes: add, start, close, drop; a team adopts one or lets it go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.services import audit
from leerkracht.core.kernel.periods import SchoolYear
from leerkracht.organisations.models import School, Team

from ..models import Theme, ThemeAdoption
from ..rules import themes as rules


@dataclass(frozen=True)
class NewTheme:
    """A theme as somebody wants it; ``reason`` only where it is one more than two."""

    title: str
    from_date: date
    to_date: date
    ambition: str = ""
    reason: str = ""


@transaction.atomic
def add_theme(*, school: School, wish: NewTheme, may_override: bool, by: Person, now: datetime) -> Theme:
    """Add a theme to the school year its first day falls in; the third is refused, or logged with its reason."""
    School.objects.select_for_update().get(pk=school.pk)  # two who add the second and third at once
    year = SchoolYear.of(wish.from_date).start
    rules.check_period(year=year, from_date=wish.from_date, to_date=wish.to_date)
    counted = Theme.objects.filter(school=school, school_year=year).exclude(state=Theme.State.DROPPED).count()
    reason = rules.check_room(counted=counted, may_override=may_override, reason=wish.reason)
    theme = Theme.objects.create(
        school=school,
        school_year=year,
        title=wish.title,
        ambition=wish.ambition,
        from_date=wish.from_date,
        to_date=wish.to_date,
        state=Theme.State.ACTIVE if wish.from_date <= timezone.localdate(now) else Theme.State.PLANNED,
        exception_reason=reason,
    )
    act = "boards.theme_added_over_limit" if reason else "boards.theme_added"
    audit.record(act=act, by=by, target=theme, school=school, at=now)
    return theme


@transaction.atomic
def change_state(*, theme: Theme, state: str, by: Person, now: datetime) -> Theme:
    """Start, close or drop a theme that is not over; who worked on it stops with its end."""
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    rules.check_open(theme.state)
    if theme.state == state:
        return theme
    theme.state = state
    theme.save(update_fields=["state"])
    if state in (Theme.State.CLOSED, Theme.State.DROPPED):
        ThemeAdoption.objects.filter(theme=theme, to_date=None).update(to_date=timezone.localdate(now))
    audit.record(act=f"boards.theme_{state.lower()}", by=by, target=theme, school=theme.school_id, at=now)
    return theme


@transaction.atomic
def adopt(*, theme: Theme, team: Team, by: Person, now: datetime) -> ThemeAdoption:
    """Let a team work on a theme of its own school; safe to repeat."""
    rules.check_open(theme.state)
    if team.school_id != theme.school_id:
        raise ValueError("a team adopts a theme of its own school")
    adoption, is_new = ThemeAdoption.objects.get_or_create(
        theme=theme, team=team, to_date=None, defaults={"from_date": timezone.localdate(now)}
    )
    if is_new:
        audit.record(act="boards.theme_adopted", by=by, target=adoption, school=team.school_id, at=now)
    return adoption


@transaction.atomic
def let_go(*, adoption: ThemeAdoption, by: Person, now: datetime) -> None:
    """Stop working on a theme, from today; its goals keep hanging."""
    adoption.to_date = timezone.localdate(now)
    adoption.save(update_fields=["to_date"])
    audit.record(act="boards.theme_let_go", by=by, target=adoption, school=adoption.theme.school_id, at=now)
