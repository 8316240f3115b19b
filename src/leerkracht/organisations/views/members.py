"""The people of a team: inviting them, their days, and leaving."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.organisations.forms import InviteForm, QrForm, WorkDaysForm
from leerkracht.organisations.models import Invitation, Team
from leerkracht.organisations.queries import places
from leerkracht.organisations.services import members as services
from leerkracht.organisations.services.invitations import Door, invite_by_mail, invite_by_qr

from .answers import press, saves
from .reads import tell_shown_of_school


def team_invite(request: PersonRequest, team_id: int) -> HttpResponse:
    """Two ways: a code for all at once, or a mail to one."""
    team = places.team_for(request.user, team_id, "edit", timezone.localdate())
    form = InviteForm(request.POST or None)
    if request.method == "POST" and saves(form, lambda: _mail(request, team, form), "email"):
        messages.success(request, _("De uitnodiging gaat naar %(email)s.") % form.cleaned_data)
        return redirect("organisations:team-invite", team.pk)
    return _invite_page(request, team, form, QrForm())


@require_POST
def team_qr(request: PersonRequest, team_id: int) -> HttpResponse:
    team = places.team_for(request.user, team_id, "edit", timezone.localdate())
    form = QrForm(request.POST)
    made: list[Invitation] = []
    if saves(form, lambda: made.append(_code(request, team, form)), "places"):
        return redirect("organisations:invitation-qr", made[0].pk)
    return _invite_page(request, team, InviteForm(), form)


def member_days(request: PersonRequest, membership_id: int) -> HttpResponse:
    found = places.membership_for(request.user, membership_id, timezone.localdate())
    tell_shown_of_school(request, gettext_noop("Werkdagen"), found.team.school)
    form = WorkDaysForm(request.POST or None, work_days=found.work_days)
    if request.method == "POST" and saves(
        form,
        lambda: services.set_work_days(
            membership=found, work_days=form.work_days(), by=request.user, now=timezone.now()
        ),
        "days",
    ):
        messages.success(request, _("De werkdagen van %(name)s zijn bewaard.") % {"name": found.person})
        return redirect("organisations:team", found.team_id)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "membership": found, "team": found.team}
    return show(request, "organisations/member_days.html", context=context, status=status)


@require_POST
def member_end(request: PersonRequest, membership_id: int) -> HttpResponse:
    found = places.membership_for(request.user, membership_id, timezone.localdate())
    done = _("%(name)s zit niet meer in %(team)s. Vergissing? Zet hieronder terug.") % {
        "name": found.person,
        "team": found.team,
    }
    return press(
        request,
        lambda: services.end_membership(membership=found, by=request.user, now=timezone.now()),
        done,
        reverse("organisations:team", args=[found.team_id]),
    )


@require_POST
def member_restore(request: PersonRequest, membership_id: int) -> HttpResponse:
    found = places.membership_for(request.user, membership_id, timezone.localdate())
    return press(
        request,
        lambda: services.restore_membership(membership=found, by=request.user, now=timezone.now()),
        _("%(name)s zit weer in %(team)s.") % {"name": found.person, "team": found.team},
        reverse("organisations:team", args=[found.team_id]),
    )


def _mail(request: PersonRequest, team: Team, form: InviteForm) -> object:
    return invite_by_mail(door=Door(team=team), guest=form.guest(), by=request.user, now=timezone.now())


def _code(request: PersonRequest, team: Team, form: QrForm) -> Invitation:
    return invite_by_qr(team=team, places=form.cleaned_data["places"], by=request.user, now=timezone.now())


def _invite_page(request: PersonRequest, team: Team, form: InviteForm, qr_form: QrForm) -> HttpResponse:
    status = 422 if form.errors or qr_form.errors else 200
    context = {"team": team, "form": form, "qr_form": qr_form}
    return show(request, "organisations/team_invite.html", context=context, status=status)
