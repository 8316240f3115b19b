"""Pages to write and change one card; the board's dialogs hold the same forms."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerkracht.core.queries.words import say

from ..forms.cards import ActionForm, CardForm, CloseGoalForm, GoalForm, MeasureForm, NoteForm
from ..models import Board
from ..queries.cards import Surroundings, card_of
from ..queries.examples import examples_for
from ..queries.page import anchor_of
from ..queries.words import title_of
from ..rules.entities import Action, Goal, Note
from ..services.operations import Result
from .desk import Desk, desk_of

FORMS: dict[str, type[CardForm]] = {"goal": GoalForm, "action": ActionForm, "note": NoteForm}
# Which field a refusal belongs to, where it is not the text of the card.
FIELD_OF = {
    "due_in_past": "due", "due_too_far": "due", "not_a_member": "owner", "period_reversed": "end_date",
    "no_time": "time", "measured_later": "date", "theme_not_adopted": "theme",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def card_new(request: HttpRequest, board_id: int, kind: str) -> HttpResponse:
    """Write a new card: a goal, an action, or a card of a section."""
    desk = desk_of(request, board_id, "edit")
    if kind not in FORMS or (kind == "goal" and desk.board.kind == Board.Kind.ORGANISATIONAL):
        raise Http404
    initial = _first_values(request, desk, kind)
    form = FORMS[kind](
        request.POST if request.method == "POST" else None, around=desk.around, initial=initial, auto_id=f"{kind}_%s"
    )
    if request.method == "POST" and form.is_valid() and _ask(desk, form, known=False):
        return redirect(_home(desk, form.cleaned_data["card"]))
    section = _section_of(request, desk) if kind == "note" else None
    context = desk.frame(form=form, kind=kind, is_new=True, section=section, section_title=_title(desk, section))
    return render(request, "boards/card_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def card_edit(request: HttpRequest, board_id: int, card_id: UUID) -> HttpResponse:
    """One card with everything that can be done to it."""
    desk = desk_of(request, board_id)
    row = _row(desk, card_id)
    form = _form_of(request, desk, row)
    if request.method == "POST":
        desk = desk_of(request, board_id, "edit")
        if form.is_valid() and _ask(desk, form, known=True):
            return redirect(_home(desk, card_id))
    return _card_page(request, desk, row, form, status=422 if form.is_bound else 200)


@require_http_methods(["POST"])
def goal(request: HttpRequest, board_id: int, card_id: UUID, what: str) -> HttpResponse:
    """Note a measurement of a goal, or close it."""
    desk = desk_of(request, board_id, "edit")
    row = _row(desk, card_id)
    if not isinstance(row, Goal):
        raise Http404
    kind = {"measure": MeasureForm, "close": CloseGoalForm}[what]
    form = kind(request.POST, around=desk.around, auto_id=f"{what}_%s")
    if form.is_valid() and _ask(desk, form, known=True):
        return redirect(_home(desk, card_id))
    return _card_page(request, desk, row, _form_of(None, desk, row), status=422, **{f"{what}_form": form})


def _card_page(request: HttpRequest, desk: Desk, row: Any, form: CardForm, status: int, **more: Any) -> HttpResponse:
    around = Surroundings.of(desk.state, desk.people, desk.today)
    kind = "goal" if isinstance(row, Goal) else "action" if isinstance(row, Action) else "note"
    section = desk.state.section.get(row.section) if isinstance(row, Note) else None
    context = desk.frame(
        form=form, kind=kind, row=row, card=card_of(row, around), section=section, operation=uuid4(),
        sections=_targets(desk, row), is_open=row.state in ("OPEN", "OFFERED", "ACTIVE", "DRAFT"),
        measurements=_measurements(desk, row),
    )  # fmt: skip
    if kind == "goal":
        context["measure_form"] = MeasureForm(around=desk.around, initial={"goal": row.id}, auto_id="measure_%s")
        context["close_form"] = CloseGoalForm(around=desk.around, initial={"card": row.id}, auto_id="close_%s")
    return render(request, "boards/card.html", context | more, status=status)


def _ask(desk: Desk, form: CardForm, *, known: bool) -> bool:
    """Apply what the form asks; a refusal of the first stands beside its field, with what was typed."""
    results = desk.apply(form.operations(known=known))
    first: Result = results[0]
    if first.refusal is not None:
        field = FIELD_OF.get(first.refusal.code, "text")
        form.add_error(field if field in form.fields else None, say(first.refusal))
        return False
    desk.tell(results)
    if len(results) > 1 and results[1].refusal is not None:
        messages.info(desk.request, _("Het doel is bewaard als concept."))
    return True


def _form_of(request: HttpRequest | None, desk: Desk, row: Any) -> CardForm:
    kind = "goal" if isinstance(row, Goal) else "action" if isinstance(row, Action) else "note"
    values = {name: getattr(row, name) for name in FORMS[kind].base_fields if hasattr(row, name)}
    if values.get("goal") is not None:
        values["goal"] = str(values["goal"])
    data = request.POST if request is not None and request.method == "POST" else None
    initial = values | {"card": row.id}
    return FORMS[kind](data, around=desk.around, initial=initial, auto_id=f"{kind}_%s")


def _row(desk: Desk, card_id: UUID) -> Goal | Action | Note:
    for name in ("goal", "action", "note"):
        row: Goal | Action | Note | None = desk.state.rows(name).get(card_id)
        if row is not None and row.on_board:
            return row
    raise Http404


def _measurements(desk: Desk, row: Any) -> list[Any]:
    if not isinstance(row, Goal):
        return []
    rows = [m for m in desk.state.measurement.values() if m.goal == row.id and m.on_board]
    return sorted(rows, key=lambda m: m.date, reverse=True)


def _targets(desk: Desk, row: Any) -> list[tuple[UUID, str]]:
    """Sections that a plain card may move to."""
    if not isinstance(row, Note):
        return []
    closed = ("CHECK_IN", "GOALS", "ACTIONS")
    rows = sorted(desk.state.section.values(), key=lambda s: s.position)
    return [(s.id, _title(desk, s)) for s in rows if s.kind not in closed and not s.is_hidden and s.id != row.section]


def _title(desk: Desk, section: Any) -> str:
    return title_of(section, desk.around.words) if section else ""


def _section_of(request: HttpRequest, desk: Desk) -> Any:
    try:
        section = desk.state.section.get(UUID(request.POST.get("section") or request.GET.get("section", "")))
    except ValueError as error:
        raise Http404 from error
    if section is None or section.kind in ("CHECK_IN", "GOALS", "ACTIONS"):
        raise Http404
    return section


def _first_values(request: HttpRequest, desk: Desk, kind: str) -> dict[str, Any]:
    if kind == "note":
        section = _section_of(request, desk)
        asks = desk.around.me if section.kind == "HELP" else None
        return {"section": section.id, "person": asks}
    number = request.GET.get("example", "")
    examples = examples_for(desk.board.school.sector)
    if kind == "goal" and number.isdecimal() and 0 < int(number) <= len(examples):
        found = examples[int(number) - 1]
        return {name: getattr(found, name) for name in ("text", "measure", "unit", "baseline", "target")}
    if kind == "action" and request.GET.get("goal") in dict(desk.around.goals()):
        return {"goal": request.GET["goal"]}
    return {}


def _home(desk: Desk, card_id: UUID) -> str:
    """Back to the board, at the section that the card hangs in."""
    fresh = desk_of(desk.request, desk.board.pk)
    kind = "GOALS" if card_id in fresh.state.goal else "ACTIONS" if card_id in fresh.state.action else ""
    note = fresh.state.note.get(card_id)
    sections = fresh.state.section.values()
    place = next((s for s in sections if s.kind == kind or (note and s.id == note.section)), None)
    return reverse("boards:board", args=[desk.board.pk]) + (f"#{anchor_of(place)}" if place else "")
