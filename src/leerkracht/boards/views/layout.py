"""How the board is divided: rename, hide, order and add sections."""

from __future__ import annotations

from uuid import UUID, uuid4

import msgspec
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leerkracht.core.queries.words import say

from ..forms.school import SectionForm
from ..models import Section
from ..queries.words import title_of
from ..rules.operations import AddSection, Operation, RenameSection
from .desk import Desk, desk_of


@require_http_methods(["GET", "HEAD", "POST"])
def layout(request: HttpRequest, board_id: int) -> HttpResponse:
    """Rename and add here; hiding and ordering are taps (``boards:operate``)."""
    desk = desk_of(request, board_id, "edit")
    form = SectionForm(request.POST if "add" in request.POST else None)
    if request.method == "POST" and "rename" in request.POST:
        desk.tell(desk.apply([_rename(request, desk)]))
        return redirect("boards:layout", board_id)
    if form.is_bound and form.is_valid() and _added(desk, form):
        return redirect("boards:layout", board_id)
    rows = sorted(desk.state.section.values(), key=lambda s: (s.position, s.id))
    sections = [
        {"row": row, "title": title_of(row, desk.around.words), "kind": Section.Kind(row.kind).label} for row in rows
    ]
    context = desk.frame(form=form, sections=sections, operation=uuid4())
    return render(request, "boards/layout.html", context, status=422 if form.is_bound else 200)


def _rename(request: HttpRequest, desk: Desk) -> Operation:
    """The method's own name is not kept, so that it goes on following sector and language."""
    try:
        key, section = UUID(request.POST.get("operation", "")), UUID(request.POST["rename"])
    except ValueError as error:
        raise BadRequest("rename or operation cannot be read") from error
    title, row = request.POST.get("title", ""), desk.state.section.get(section)
    own = title_of(msgspec.structs.replace(row, title=""), desk.around.words) if row else ""
    return Operation(key, RenameSection(id=section, title="" if title.strip() == own else title))


def _added(desk: Desk, form: SectionForm) -> bool:
    values = form.cleaned_data
    add = Operation(values["operation"], AddSection(id=values["section"], title=values["title"]))
    (result,) = desk.apply([add])
    if result.refusal is not None:
        form.add_error("title", say(result.refusal))
    return result.refusal is None
