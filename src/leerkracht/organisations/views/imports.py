"""The foundation's own lists: all that were taken in, a new file, an example."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkracht.accounts.queries.recent import recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.forms.imports import SheetFileForm
from leerkracht.organisations.kernel.administration import KINDS, example
from leerkracht.organisations.models import SheetImport
from leerkracht.organisations.queries import imports as queries
from leerkracht.organisations.services import imports as services

from .answers import saves

PAGE = 50


def imports(request: PersonRequest) -> HttpResponse:
    """Search, sort and page; ``?export=`` gives the list as a file."""
    queries.check_central(request.user, timezone.localdate())
    words, order = request.GET.get("q", "").strip()[:80], request.GET.get("sort", "when")
    found = queries.imports_found(words, order)
    if wants_file(request):
        head = [_("wanneer"), _("bestand"), _("blad"), _("soort"), _("wie"), _("stand")]
        head += [_("nieuw"), _("gewijzigd"), _("hetzelfde"), _("geweigerd")]
        rows = (
            (
                *(one.created_at, one.file_name, one.sheet_name, one.get_kind_display(), one.created_by),
                *(one.get_state_display(), one.new, one.changed, one.same, one.refused),
            )
            for one in found
        )
        return list_file(request, gettext_noop("Ingelezen lijsten"), head, rows)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "order": order, "states": SheetImport.State}
    return show(request, "organisations/imports.html", context=context)


@recently_shown
def import_new(request: PersonRequest) -> HttpResponse:
    """Choose a file; each of its sheets becomes a draft, and nothing changes yet."""
    queries.check_central(request.user, timezone.localdate())
    form, now = SheetFileForm(request.POST or None, request.FILES or None), timezone.now()
    drafts: list[SheetImport] = []

    def upload() -> None:
        file = form.cleaned_data["file"]
        drafts.extend(services.upload_file(name=file.name, content=file.read(), by=request.user, now=now))

    if request.method == "POST" and saves(form, upload, "file"):
        return redirect("organisations:import-columns", drafts[0].pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "kinds": list(KINDS.values())}
    return show(request, "organisations/import_new.html", context=context, status=status)


def import_example(request: PersonRequest, sheet_kind: str) -> HttpResponse:
    """A made-up list of one kind, to look at and to fill in (``?export=csv`` or Excel)."""
    queries.check_central(request.user, timezone.localdate())
    if sheet_kind not in KINDS:
        raise Http404
    head, rows = example(sheet_kind)
    kind = queries.kind_label(sheet_kind)
    return list_file(request, gettext_noop("Voorbeeldbestand"), [_(title) for title in head], rows, about=kind)
