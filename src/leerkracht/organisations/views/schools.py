"""The list of schools and the page of one."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.queries.calendar import calendar
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.forms import SchoolSearchForm
from leerkracht.organisations.models import School, Sector, Stage
from leerkracht.organisations.queries import bodies, contacts, finding, people, places
from leerkracht.organisations.queries import map as map_queries
from leerkracht.organisations.queries import schools as queries

from .reads import tell_shown_of_school

PAGE = 50
MOST_BODIES = 3
CLOSE = 6  # zoom of the map around one school


def schools(request: PersonRequest) -> HttpResponse:
    """Search, filter, sort and page; htmx takes the list alone, ``?export=`` all of it as a file."""
    today = timezone.localdate()
    sees_stages = queries.sees_stages(request.user, today)
    form = SchoolSearchForm(request.GET, sees_stages=sees_stages)
    wanted = form.wanted()
    found = queries.schools_found(request.user, wanted, today)
    if wants_file(request):
        return _file(request, queries.shown(request.user, found.schools, today), sees_stages)
    paginator = Paginator(found.schools.values_list("pk", flat=True), PAGE)
    paginator.count = found.count
    page = paginator.get_page(request.GET.get("page"))
    rows = queries.page_of(request.user, page.object_list, today)
    why, stages = finding.reasons(rows, found.wording), dict(Stage.choices)
    context = {
        "form": form,
        "wanted": wanted,
        "wording": found.wording,
        "page": page,
        "lines": [(row, why.get(row.pk), stages.get(getattr(row, "stage", ""), "")) for row in rows],
        "has_own": queries.has_own_schools(request.user, today),
        "sees_stages": sees_stages,
        "shows_stages": any(getattr(row, "stage", None) for row in rows),
        "body": places.body_named(wanted.body),
        "all_bodies": _without_body(request),
        "bodies": bodies.bodies_found(bodies.BodyFilter(words=wanted.words))[:MOST_BODIES] if wanted.words else (),
    }
    return show(request, "organisations/schools.html", part="found", context=context)


def school(request: PersonRequest, school_id: int) -> HttpResponse:
    """Register facts for everyone; teams, people and invitations for who may see them."""
    found, now, today = places.school_facts(school_id), timezone.now(), timezone.localdate()
    set_up, facts = people.school_people(request.user, found, now, today), queries.school_facts(found)
    kept, point = contacts.school_contacts(request.user, found, today), map_queries.point_of(found)
    context = {
        "school": found,
        "facts": facts,
        "bars": [(50 * number, bar) for number, bar in enumerate(facts.years)],
        "bars_width": 50 * len(facts.years),
        "at": f"{point[0]:.4f},{point[1]:.4f},{CLOSE}" if point else "",
        "neighbours": map_queries.neighbours(found, point) if point else [],
        "holidays": calendar().holidays_from(facts.region, today),
        "set_up": set_up,
        "stage": queries.stage_now(found, today) if set_up.can_view else None,
        "contacts": kept,
        "now": now,
    }
    if set_up.can_view or kept.can_see:
        tell_shown_of_school(request, gettext_noop("School"), found)
    return show(request, "organisations/school.html", context=context)


def school_history(request: PersonRequest, school_id: int) -> HttpResponse:
    """Who was in which team or role, until when; the latest may be undone."""
    today = timezone.localdate()
    found = places.school_for(request.user, school_id, "oversee", today)
    tell_shown_of_school(request, gettext_noop("Wie hier was"), found)
    context = {"school": found, "past": people.past_of_school(request.user, found, today)}
    return show(request, "organisations/school_history.html", context=context)


def _without_body(request: PersonRequest) -> str:
    query = request.GET.copy()
    for key in ("body", "page"):
        query.pop(key, None)
    return f"?{query.urlencode()}"


def _file(request: PersonRequest, found: QuerySet[School], sees_stages: bool) -> HttpResponse:
    head = [_("code"), _("naam"), _("plaats"), _("provincie"), _("bestuur"), _("sector"), _("gesloten op")]
    head += [_("leerlingen"), _("teldatum")] + ([_("fase")] if sees_stages else [])
    sectors, stages = dict(Sector.choices), dict(Stage.choices)
    rows = found.values_list(  # type: ignore[misc]  # shown adds place, body and stage
        "code", "name", "place", "province", "body", "sector", "closed_date", "pupils", "pupils_year", "stage"
    ).iterator()
    lines = (
        (*facts, sectors[sector], closed, pupils, year and date(year, 10, 1), *([stages.get(stage)] * sees_stages))
        for *facts, sector, closed, pupils, year, stage in rows
    )
    return list_file(request, gettext_noop("Scholen"), head, lines)
