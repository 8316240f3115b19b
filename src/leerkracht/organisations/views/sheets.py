"""One list of the foundation on its way in: columns, a look at what it does, in, and back out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leerkracht.accounts.queries.recent import recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.queries.words import say
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.reads import tell_shown
from leerkracht.core.views.sheets import list_file
from leerkracht.organisations.forms.imports import ColumnsForm, KindForm, WordsForm
from leerkracht.organisations.kernel.administration import CHANGED, KINDS, NEW, REFUSED, SAME, Outcome
from leerkracht.organisations.models import SheetImport
from leerkracht.organisations.queries import imports as queries
from leerkracht.organisations.queries.administration import plan_of
from leerkracht.organisations.services import imports as services
from leerkracht.organisations.services.import_invitations import invite_newcomers, newcomers_of

from .answers import press, saves

LIST = gettext_noop("Ingelezen lijst")
PAGE = 100
RESULTS = (NEW, CHANGED, SAME, REFUSED)


def sheet(request: PersonRequest, sheet_id: int) -> HttpResponse:
    """A draft shows what it would do, an import what it did; a draft whose columns nobody saw goes there first."""
    found = queries.import_for(request.user, sheet_id, timezone.localdate())
    tell_shown(request, LIST, about=found)
    if found.state != SheetImport.State.DRAFT:
        return _result(request, found)
    if not found.is_understood:
        return redirect("organisations:import-columns", found.pk)
    return _preview(request, found, WordsForm(words=queries.unknown_words(found)))


def import_columns(request: PersonRequest, sheet_id: int) -> HttpResponse:
    """Say what kind of sheet it is and what each column says, with samples beside it."""
    found = queries.import_for(request.user, sheet_id, timezone.localdate())
    if found.state != SheetImport.State.DRAFT:
        return redirect("organisations:import", found.pk)
    tell_shown(request, LIST, about=found)
    heads, now = queries.head_choices(found), timezone.now()
    kind_form = KindForm(request.POST if "kind" in request.POST else None, heads=heads, initial=_start(found))
    if "kind" in request.POST and saves(kind_form, lambda: _choose_kind(request, found, kind_form)):
        return redirect("organisations:import-columns", found.pk)
    is_columns = request.method == "POST" and "kind" not in request.POST
    form = ColumnsForm(request.POST if is_columns else None, sheet=found, columns=queries.column_lines(found))
    choose = services.choose_columns
    if is_columns and saves(form, lambda: choose(sheet=found, columns=form.chosen(), by=request.user, now=now)):
        return redirect("organisations:import", found.pk)
    context = {"sheet": found, "form": form, "kind_form": kind_form, "tabs": _tabs(found), "kind": KINDS[found.kind]}
    status = 422 if request.method == "POST" else 200
    return show(request, "organisations/import_columns.html", context=context, status=status)


@require_POST
def import_words(request: PersonRequest, sheet_id: int) -> HttpResponse:
    """Say what the foundation's own words for stages mean."""
    found = queries.import_for(request.user, sheet_id, timezone.localdate())
    form, now = WordsForm(request.POST, words=queries.unknown_words(found)), timezone.now()
    choose = services.choose_words
    if saves(form, lambda: choose(sheet=found, words=form.chosen(), by=request.user, now=now)):
        return redirect("organisations:import", found.pk)
    return _preview(request, found, form, status=422)


@require_POST
@recently_shown
def import_apply(request: PersonRequest, sheet_id: int) -> HttpResponse:
    found = queries.import_for(request.user, sheet_id, timezone.localdate())
    done = _("‘%(sheet)s’ is ingelezen. Dertig dagen lang kun je dat terugdraaien.") % {"sheet": found}
    back, now = reverse("organisations:import", args=[found.pk]), timezone.now()
    return press(request, lambda: services.apply_sheet(sheet=found, by=request.user, now=now), done, back)


def import_refused(request: PersonRequest, sheet_id: int) -> HttpResponse:
    """The refused rows as they were sent, with line and reason, to correct and to send again."""
    found = queries.import_for(request.user, sheet_id, timezone.localdate())
    head, rows = queries.refused_table(found)
    return list_file(request, gettext_noop("Geweigerde rijen"), head, rows, about=found.file_name)


@require_POST
@recently_shown
def import_undo(request: PersonRequest, sheet_id: int) -> HttpResponse:
    found = queries.import_for(request.user, sheet_id, timezone.localdate())
    done = _("‘%(sheet)s’ is teruggedraaid; alles staat weer zoals ervoor.") % {"sheet": found}
    back, now = reverse("organisations:import", args=[found.pk]), timezone.now()
    return press(request, lambda: services.undo_sheet(sheet=found, by=request.user, now=now), done, back)


@require_POST
def import_drop(request: PersonRequest, sheet_id: int) -> HttpResponse:
    found = queries.import_for(request.user, sheet_id, timezone.localdate())
    done, now = _("‘%(file)s’ is weg. Er was nog niets ingelezen.") % {"file": found.file_name}, timezone.now()
    back = reverse("organisations:imports")
    return press(request, lambda: services.drop_draft(sheet=found, by=request.user, now=now), done, back)


@require_POST
@recently_shown
def import_invite(request: PersonRequest, sheet_id: int) -> HttpResponse:
    """Send whoever is new by this list, and never signed in, an invitation."""
    found = queries.import_for(request.user, sheet_id, timezone.localdate())
    sent = invite_newcomers(sheet=found, by=request.user, now=timezone.now())
    said = ngettext("Er gaat %(count)s uitnodiging uit.", "Er gaan %(count)s uitnodigingen uit.", sent)
    messages.success(request, said % {"count": sent})
    return redirect("organisations:import", found.pk)


def _preview(request: PersonRequest, found: SheetImport, form: WordsForm, status: int = 200) -> HttpResponse:
    plan = plan_of(found, timezone.localdate())
    counts, wanted = plan.counts(), request.GET.get("only", "")
    shown = [outcome for outcome in plan.outcomes if wanted not in RESULTS or outcome.result == wanted]
    rows = [(outcome, say(outcome.refusal) if outcome.refusal else "") for outcome in shown]
    context = {
        "sheet": found,
        "form": form,
        "tabs": _tabs(found),
        "counts": {result.lower(): counts[result] for result in RESULTS},
        "views": _views(plan.outcomes, wanted),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
    }
    return show(request, "organisations/import_preview.html", context=context, status=status)


def _result(request: PersonRequest, found: SheetImport) -> HttpResponse:
    now, refused = timezone.now(), queries.refused_lines(found)
    context = {
        "sheet": found,
        "tabs": _tabs(found),
        "refused": Paginator(refused, PAGE).get_page(request.GET.get("page")),
        "can_undo": queries.may_undo(found, now),
        "newcomers": len(newcomers_of(found, now)) if found.state == SheetImport.State.APPLIED else 0,
    }
    return show(request, "organisations/import_result.html", context=context)


def _choose_kind(request: PersonRequest, found: SheetImport, form: KindForm) -> None:
    chosen = form.cleaned_data
    # Another kind has its own words for a head: look for it anew, unless the row was changed too.
    head = chosen["head"] if chosen["kind"] == found.kind or chosen["head"] != found.head else None
    services.choose_kind(sheet=found, kind=chosen["kind"], head=head, by=request.user, now=timezone.now())


def _start(found: SheetImport) -> dict[str, Any]:
    return {"kind": found.kind, "head": found.head}


def _tabs(found: SheetImport) -> list[dict[str, Any]]:
    """The sheets of the same file; nothing for a file of one."""
    beside = queries.sheets_beside(found)
    return [
        {
            "label": one.sheet_name or one.file_name,
            "href": reverse("organisations:import", args=[one.pk]),
            "is_current": one.pk == found.pk,
        }
        for one in beside
        if len(beside) > 1
    ]


def _views(outcomes: list[Outcome], wanted: str) -> list[dict[str, Any]]:
    names = {NEW: _("Nieuw"), CHANGED: _("Gewijzigd"), SAME: _("Hetzelfde"), REFUSED: _("Geweigerd")}
    views = [{"label": _("Alles"), "href": "?", "is_current": wanted not in RESULTS, "count": len(outcomes)}]
    for result in RESULTS:
        count = sum(1 for outcome in outcomes if outcome.result == result)
        views.append(
            {"label": names[result], "href": f"?only={result}", "is_current": wanted == result, "count": count}
        )
    return views
