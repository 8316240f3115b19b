"""Coaches from outside the school who read along because the team asked them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.sheets import list_file, wants_file

from ..forms.school import ReaderForm
from ..models import BoardReader
from ..queries.readers import coaches_for, readers_of
from ..services import setup
from .desk import desk_of
from .room import name_of


@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: HttpRequest, board_id: int) -> HttpResponse:
    """Who reads along, and a form to ask somebody."""
    desk = desk_of(request, board_id, "edit")
    found = readers_of(desk.board)
    if wants_file(request):
        head, board = [_("naam"), _("e-mailadres"), _("sinds"), _("tot")], desk.board
        lines = ((row.person, row.person.email, row.from_date, row.to_date) for row in found)
        return list_file(
            request, gettext_noop("Wie leest mee"), head, lines, about=name_of(board), school=board.school_id
        )
    coaches = coaches_for(desk.board, desk.today)
    form = ReaderForm(request.POST if request.method == "POST" else None, coaches=coaches)
    if request.method == "POST" and form.is_valid():
        setup.invite_reader(board=desk.board, person=form.cleaned_data["person"], by=desk.person, now=desk.now)
        return redirect("boards:readers", board_id)
    context = desk.frame(readers=found, form=form, has_coaches=coaches.exists())
    return render(request, "boards/readers.html", context, status=422 if form.is_bound else 200)


@require_POST
def reader_end(request: HttpRequest, board_id: int, reader_id: int) -> HttpResponse:
    """Stop somebody's reading, from today."""
    desk = desk_of(request, board_id, "edit")
    reader = get_object_or_404(BoardReader, board=desk.board, pk=min(reader_id, 2**63 - 1), to_date=None)
    setup.end_reader(reader=reader, by=desk.person, now=desk.now)
    return redirect("boards:readers", board_id)
