"""Home: the desk that fits the hat somebody has on."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.boards.queries.home import today_for
from leerkracht.boards.queries.records import missed_by
from leerkracht.config.context import wardrobe
from leerkracht.config.queries import home as desks
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.access import public
from leerkracht.core.views.reads import tell_shown
from leerkracht.organisations.models import Role
from leerkracht.organisations.queries.roles import Hat

Desk = Callable[[PersonRequest, Hat, datetime, date], dict[str, Any]]


@public("the first address people type; visitors are sent on to where they sign in")
def home(request: PersonRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("demo") if settings.DEMONSTRATION else redirect_to_login("/")
    hat = wardrobe(request).hat
    if hat is None:
        return render(request, "config/home_new.html")
    template, desk = DESKS.get(hat.role, ("config/home_calm.html", _calm))
    now = timezone.now()
    return render(request, template, {"now": now, **desk(request, hat, now, timezone.localdate(now))})


def _teacher(request: PersonRequest, hat: Hat, now: datetime, on: date) -> dict[str, Any]:
    today = today_for(request.user, now)
    teams = {worn.place_id for worn in wardrobe(request).hats if worn.role == Role.TEACHER}
    boards = [board for board in today.boards if board.team_id in teams]
    missed = [(board, told, told.summary(request.user.pk)) for board, told in missed_by(request.user, now)]
    return {"today": today, "boards": desks.soonest_first(boards, on), "day": on, "missed": missed}


def _school(request: PersonRequest, hat: Hat, now: datetime, on: date) -> dict[str, Any]:
    today = today_for(request.user, now)
    desk = desks.school_desk(hat, now, on)
    boards = {board.team_id: board for board in today.boards}
    return {
        "desk": desk,
        "today": today,
        "teams": [(team, boards.get(team.pk)) for team in desk.teams],
        "own_board": next((board for board in today.boards if board.team_id is None), None),
        "day": on,
    }


def _portfolio(request: PersonRequest, hat: Hat, now: datetime, on: date) -> dict[str, Any]:
    return {"portfolio": desks.portfolio(request.user, hat, on)}


def _central(request: PersonRequest, hat: Hat, now: datetime, on: date) -> dict[str, Any]:
    return {"desk": desks.central_desk(on)}


def _administrator(request: PersonRequest, hat: Hat, now: datetime, on: date) -> dict[str, Any]:
    tell_shown(request, gettext_noop("Mensen"))
    return {"desk": desks.administrator_desk(now, on)}


def _calm(request: PersonRequest, hat: Hat, now: datetime, on: date) -> dict[str, Any]:
    return {}


DESKS: dict[str, tuple[str, Desk]] = {
    Role.TEACHER: ("config/home_teacher.html", _teacher),
    Role.SCHOOL_COACH: ("config/home_school.html", _school),
    Role.SCHOOL_LEADER: ("config/home_school.html", _school),
    Role.EXPERT_COACH: ("config/home_portfolio.html", _portfolio),
    Role.CHANGE_COACH: ("config/home_portfolio.html", _portfolio),
    Role.GOVERNING_BODY_LEAD: ("config/home_portfolio.html", _portfolio),
    Role.CENTRAL_TEAM: ("config/home_central.html", _central),
    Role.ADMINISTRATOR: ("config/home_administrator.html", _administrator),
}
