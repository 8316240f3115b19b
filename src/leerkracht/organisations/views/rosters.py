"""Take a staff roster in for one school: upload, look, choose teams, do, take back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.views.pages import show
from leerkracht.organisations.forms import RosterFileForm, RosterForm
from leerkracht.organisations.forms.rosters import unpacked
from leerkracht.organisations.kernel.roster import Roster, read_roster, zip_files
from leerkracht.organisations.models import School
from leerkracht.organisations.queries import places
from leerkracht.organisations.queries import roster as queries
from leerkracht.organisations.services import roster as services

from .answers import press, saves


def roster(request: PersonRequest, school_id: int) -> HttpResponse:
    """Without a file: the form. With one: what it would do. With the choices: do it."""
    school = places.school_for(request.user, school_id, "edit", timezone.localdate())
    if "roster" in request.POST:
        return _take_in(request, school)
    form = RosterFileForm(request.POST or None, request.FILES or None)
    found: list[Roster] = []
    if request.method == "POST" and saves(form, lambda: found.append(_read(form, school)), "file"):
        return _preview(request, school, found[0], RosterForm(school=school, found=found[0]))
    recent = queries.recent_rosters(school, timezone.now())
    context = {"school": school, "form": form, "recent": recent}
    status = 422 if request.method == "POST" else 200
    return show(request, "organisations/roster.html", context=context, status=status)


@require_POST
def roster_undo(request: PersonRequest, school_id: int, roster_id: int) -> HttpResponse:
    school = places.school_for(request.user, school_id, "edit", timezone.localdate())
    found = queries.roster_of(school, roster_id)
    undo, back = services.undo_roster, reverse("organisations:roster", args=[school.pk])
    done = _("De lijst is weer weg. Wie er nieuw bij kwam, is er niet meer.")
    return press(request, lambda: undo(done=found, by=request.user, now=timezone.now()), done, back)


def _read(form: RosterFileForm, school: School) -> Roster:
    return read_roster(zip_files(form.cleaned_data["file"].read()), queries.codes_of_school(school))


def _preview(
    request: PersonRequest, school: School, found: Roster, form: RosterForm, status: int = 200
) -> HttpResponse:
    new = services.count_new(found)
    context = {"school": school, "found": found, "form": form, "new": new, "known": len(found.staff) - new}
    return show(request, "organisations/roster_preview.html", context=context, status=status)


def _take_in(request: PersonRequest, school: School) -> HttpResponse:
    found = unpacked(request.POST["roster"], school)
    if found is None:
        messages.warning(request, _("Dit voorbeeld is verlopen. Kies het bestand nog een keer."))
        return redirect("organisations:roster", school.pk)
    form = RosterForm(request.POST, school=school, found=found)
    if not saves(form, lambda: _save(request, school, found, form)):
        return _preview(request, school, found, form, status=422)
    count = len(found.staff)
    said = ngettext("De lijst is ingelezen: %(count)s collega.", "De lijst is ingelezen: %(count)s collega’s.", count)
    messages.success(request, said % {"count": count})
    return redirect("organisations:roster", school.pk)


def _save(request: PersonRequest, school: School, found: Roster, form: RosterForm) -> None:
    place, now = services.Place(school), timezone.now()
    services.import_roster(place=place, roster=found, teams=form.chosen(), by=request.user, now=now)
