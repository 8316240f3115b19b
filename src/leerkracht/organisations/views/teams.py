"""A team: its page, and making, changing, archiving it."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.organisations.forms import TeamForm
from leerkracht.organisations.models import Team
from leerkracht.organisations.queries import places
from leerkracht.organisations.queries.teams import team_page
from leerkracht.organisations.services import teams as services

from .answers import press, saves
from .reads import tell_shown_of_school


def team(request: PersonRequest, team_id: int) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    found = places.team_for(request.user, team_id, "view", today)
    tell_shown_of_school(request, gettext_noop("Team"), found.school)
    context = {"team": found, "page": team_page(request.user, found, now, today), "now": now}
    return show(request, "organisations/team.html", context=context)


def team_add(request: PersonRequest, school_id: int) -> HttpResponse:
    school = places.school_for(request.user, school_id, "edit", timezone.localdate())
    form = TeamForm(request.POST or None, school=school)
    if request.method == "POST":
        made: list[Team] = []
        if saves(form, lambda: made.append(services.add_team(school=school, plan=form.plan(), **_by(request))), "name"):
            messages.success(request, _("‘%(team)s’ is gemaakt. Nodig nu je collega’s uit.") % {"team": made[0]})
            return redirect("organisations:team-invite", made[0].pk)
    return _team_form(request, {"form": form, "school": school})


def team_change(request: PersonRequest, team_id: int) -> HttpResponse:
    found = places.team_for(request.user, team_id, "edit", timezone.localdate())
    form = TeamForm(request.POST or None, school=found.school, team=found)
    if request.method == "POST" and saves(
        form, lambda: services.change_team(team=found, plan=form.plan(), **_by(request)), "name"
    ):
        return redirect("organisations:team", found.pk)
    return _team_form(request, {"form": form, "school": found.school, "team": found})


@require_POST
def team_archive(request: PersonRequest, team_id: int) -> HttpResponse:
    found = places.team_for(request.user, team_id, "edit", timezone.localdate())
    done = _("‘%(team)s’ staat in het archief. Terughalen kan altijd, met alles erin.") % {"team": found}
    back = reverse("organisations:school", args=[found.school_id])
    return press(request, lambda: services.archive_team(team=found, **_by(request)), done, back)


@require_POST
def team_restore(request: PersonRequest, team_id: int) -> HttpResponse:
    found = places.team_for(request.user, team_id, "edit", timezone.localdate())
    done = _("‘%(team)s’ is terug.") % {"team": found}
    back = reverse("organisations:team", args=[found.pk])
    return press(request, lambda: services.restore_team(team=found, **_by(request)), done, back)


class By(TypedDict):
    by: Person
    now: datetime


def _by(request: PersonRequest) -> By:
    return {"by": request.user, "now": timezone.now()}


def _team_form(request: PersonRequest, context: dict[str, object]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return show(request, "organisations/team_form.html", context=context, status=status)
