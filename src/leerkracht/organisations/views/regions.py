"""The foundation's regions, and when the register was read in."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.queries.words import say
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.forms.regions import RegionsForm
from leerkracht.organisations.permissions import is_central
from leerkracht.organisations.queries import regions as queries
from leerkracht.organisations.rules.regions import RegionRefused
from leerkracht.organisations.services import regions as services

from .answers import saves

PAGE = 50


def regions(request: PersonRequest) -> HttpResponse:
    """Names of regions and the region of each province, on one page; ``?export=`` gives the table as a file."""
    _check(request)
    found, provinces, now = list(queries.regions()), queries.provinces(), timezone.now()
    if wants_file(request):
        rows = ((row.name, row.region.name if row.region else "", row.locations) for row in provinces)  # type: ignore[attr-defined]
        return list_file(request, gettext_noop("Regio’s"), [_("provincie"), _("regio"), _("vestigingen")], rows)
    form = RegionsForm(request.POST or None, regions=found, provinces=provinces)
    changed = 0

    def save() -> None:
        nonlocal changed
        changed = services.arrange_regions(wanted=form.arrangement(), by=request.user, now=now)

    if request.method == "POST" and saves(form, save):
        text = ngettext("%(count)s ding is gewijzigd.", "%(count)s dingen zijn gewijzigd.", changed)
        messages.success(request, text % {"count": changed} if changed else _("Er was niets veranderd."))
        return redirect("organisations:regions")
    context = {"form": form, "imports": queries.imports()[:5]}
    status = 422 if request.method == "POST" else 200
    return show(request, "organisations/regions.html", context=context, status=status)


@require_POST
def region_remove(request: PersonRequest, region_id: int) -> HttpResponse:
    _check(request)
    region = queries.region_for(region_id)
    try:
        services.remove_region(region=region, by=request.user, now=timezone.now())
    except RegionRefused as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, _("Regio %(name)s is weg.") % {"name": region.name})
    return redirect("organisations:regions")


def register_imports(request: PersonRequest) -> HttpResponse:
    """Every file of the register that was taken in; ``?export=`` gives the list as a file."""
    _check(request)
    found = queries.imports()
    if wants_file(request):
        head = [_("wanneer"), _("wat"), _("sector"), _("regels"), _("nieuw"), _("gewijzigd"), _("gesloten")]
        head += [_("naar ander bestuur"), _("geweigerd")]
        rows = (
            (row.at, row.said, row.sector, row.rows, row.new, row.changed, row.closed, row.moved, row.refused)
            for row in found
        )
        return list_file(request, gettext_noop("Register"), head, rows)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return show(request, "organisations/register_imports.html", context={"page": page})


def _check(request: PersonRequest) -> None:
    if not is_central(request.user, timezone.localdate()):
        raise Http404
