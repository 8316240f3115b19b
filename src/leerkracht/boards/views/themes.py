"""The themes of a school: see, add, start, close, and adopt with a team."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerkracht.accounts.models import Person
from leerkracht.core.kernel.periods import SchoolYear
from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal, gettext_noop
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.models import School, Team

from ..forms.school import ThemeForm
from ..models import Theme, ThemeAdoption
from ..queries import themes as theme_queries
from ..queries.themes import ThemeRow
from ..rules.themes import MOST_THEMES, NoReason, TooManyThemes
from ..services import themes as services

STATES = {"start": Theme.State.ACTIVE, "close": Theme.State.CLOSED, "drop": Theme.State.DROPPED}


@require_http_methods(["GET", "HEAD", "POST"])
def themes(request: HttpRequest, school_id: int) -> HttpResponse:
    """The list of one school year, and for the implementation team the form to add one."""
    person, now = _person(request), timezone.now()
    today = timezone.localdate(now)
    action = "edit" if request.method == "POST" else "view"
    school = theme_queries.school_for(person, school_id, today, action=action)
    year = _year(request, today)
    may_arrange = theme_queries.may_arrange(person, school, today)
    form = ThemeForm(request.POST if request.method == "POST" else None, initial=_period(year, today))
    asks_reason = bool(request.POST.get("reason"))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_theme(school=school, wish=form.wish(), may_override=may_arrange, by=person, now=now)
            return redirect("boards:themes", school.pk)
        except Refusal as refusal:
            asks_reason = isinstance(refusal, TooManyThemes | NoReason)
            form.add_error("reason" if asks_reason else "to_date", say(refusal))
    rows = theme_queries.themes_of_year(person, school, year, today)
    if wants_file(request):
        return _file(request, school, rows)
    context = {
        "school": school, "year": year, "rows": rows, "form": form, "may_arrange": may_arrange,
        "asks_reason": asks_reason, "most": MOST_THEMES, "earlier": SchoolYear(year.start - 1),
        "later": SchoolYear(year.start + 1) if year.start <= SchoolYear.of(today).start else None,
    }  # fmt: skip
    return render(request, "boards/themes.html", context, status=422 if form.is_bound else 200)


def _file(request: HttpRequest, school: School, rows: list[ThemeRow]) -> HttpResponse:
    head = [_("thema"), _("waar het naartoe gaat"), _("stand"), _("van"), _("tot en met"), _("teams")]
    lines = (
        (
            row.theme.title,
            row.theme.ambition,
            row.theme.get_state_display(),
            row.theme.from_date,
            row.theme.to_date,
            ", ".join(str(adoption.team) for adoption in row.adoptions),
        )
        for row in rows
    )
    return list_file(request, gettext_noop("Thema’s"), head, lines, about=school, school=school)


@require_POST
def theme_change(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Start, close or drop a theme (the implementation team)."""
    person, now = _person(request), timezone.now()
    theme = theme_queries.theme_for(person, theme_id, timezone.localdate(now), action="edit")
    state = STATES.get(request.POST.get("do", ""))
    if state is None:
        raise Http404
    try:
        services.change_state(theme=theme, state=state, by=person, now=now)
    except Refusal as refusal:
        messages.error(request, say(refusal))
    return redirect("boards:themes", theme.school_id)


@require_POST
def theme_adopt(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Let a team of one's own work on the theme, or stop with it (``leave``)."""
    person, now = _person(request), timezone.now()
    today = timezone.localdate(now)
    theme = theme_queries.theme_for(person, theme_id, today)
    team = _own_team(request, person, theme.school, today)
    try:
        if "leave" in request.POST:
            adoption = get_object_or_404(ThemeAdoption, theme=theme, team=team, to_date=None)
            services.let_go(adoption=adoption, by=person, now=now)
        else:
            services.adopt(theme=theme, team=team, by=person, now=now)
    except Refusal as refusal:
        messages.error(request, say(refusal))
    return redirect("boards:themes", theme.school_id)


def _own_team(request: HttpRequest, person: Person, school: School, on: date) -> Team:
    key = request.POST.get("team", "")
    for team in theme_queries.own_teams(person, school, on):
        if str(team.pk) == key:
            return team
    raise Http404


def _year(request: HttpRequest, today: date) -> SchoolYear:
    asked = request.GET.get("year", "")
    if asked.isdecimal() and len(asked) == 4 and 2000 <= int(asked) <= 2100:
        return SchoolYear(int(asked))
    return SchoolYear.of(today)


def _period(year: SchoolYear, today: date) -> dict[str, date]:
    """Up to Christmas, or from there to summer: the halves in which schools work on a theme."""
    christmas = date(year.start, 12, 18)
    first = max(today, year.first_date) if today in year else year.first_date
    return {"from_date": first, "to_date": christmas if first < christmas else date(year.start + 1, 7, 3)}


def _person(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]
