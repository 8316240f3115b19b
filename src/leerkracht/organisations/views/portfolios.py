"""The portfolios of coaches: who has which places, and handing them over in one step."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.reads import tell_shown
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.forms import HandoverForm
from leerkracht.organisations.queries import portfolios as queries
from leerkracht.organisations.services import handover as services

from .answers import press, saves

PAGE = 50


def portfolios(request: PersonRequest) -> HttpResponse:
    """Every coach with the number of places; search, sort, file."""
    now, today = timezone.now(), timezone.localdate()
    queries.check_arranges(request.user, today)
    words, order = request.GET.get("q", "").strip()[:80], request.GET.get("sort", "name")
    found = queries.coaches(today, words=words, order=order)
    if wants_file(request):
        rows = ((coach, coach.email, coach.places) for coach in found)  # type: ignore[attr-defined]
        return list_file(request, gettext_noop("Coaches"), [_("naam"), _("e-mailadres"), _("plekken")], rows)
    tell_shown(request, gettext_noop("Coaches"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "handovers": queries.recent_handovers(now, today)}
    return show(request, "organisations/portfolios.html", context=context)


def portfolio(request: PersonRequest, coach_id: int) -> HttpResponse:
    """The places of one coach, and the form that hands them over."""
    now, today = timezone.now(), timezone.localdate()
    queries.check_arranges(request.user, today)
    coach = queries.coach_for(coach_id)
    lines = queries.places_of(coach, today)
    if wants_file(request):
        return _file(request, coach, lines)
    tell_shown(request, gettext_noop("Plekken van een coach"), about=coach)
    form = HandoverForm(request.POST or None, giver=coach, coaches=queries.coaches(today), lines=lines, on=today)
    if request.method == "POST" and saves(form, lambda: _hand_over(request, coach, form)):
        values = {"day": date_format(form.cleaned_data["day"], "j F Y"), "name": coach}
        messages.success(request, _("De plekken van %(name)s gaan over op %(day)s.") % values)
        return redirect("organisations:portfolio", coach.pk)
    handovers = queries.recent_handovers(now, today, coach=coach)
    context = {"coach": coach, "lines": lines, "form": form, "handovers": handovers, "today": today}
    status = 422 if request.method == "POST" else 200
    return show(request, "organisations/portfolio.html", context=context, status=status)


@require_POST
def handover_undo(request: PersonRequest, handover_id: int) -> HttpResponse:
    queries.check_arranges(request.user, timezone.localdate())
    found = queries.handover_for(handover_id)
    done = _("De plekken zijn weer van %(name)s.") % {"name": found.giver}
    undo, back = services.undo_handover, reverse("organisations:portfolio", args=[found.giver_id])
    return press(request, lambda: undo(handover=found, by=request.user, now=timezone.now()), done, back)


def _hand_over(request: PersonRequest, coach: Person, form: HandoverForm) -> None:
    day, now = form.cleaned_data["day"], timezone.now()
    services.hand_over(giver=coach, receivers=form.receivers(), day=day, by=request.user, now=now)


def _file(request: PersonRequest, coach: Person, lines: list[queries.PlaceLine]) -> HttpResponse:
    head = [_("plek"), _("code"), _("rol"), _("sinds"), _("tot")]
    rows = (
        (line.name, line.code, line.held.get_role_display(), line.held.from_date, line.held.to_date) for line in lines
    )
    return list_file(request, gettext_noop("Plekken van een coach"), head, rows, about=coach.name)
