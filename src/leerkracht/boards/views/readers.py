"""Coaches from outside the school who read along because the team asked them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ..forms.school import ReaderForm
from ..models import BoardReader
from ..queries.readers import coaches_for, readers_of
from ..services import setup
from .desk import desk_of


@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: HttpRequest, board_id: int) -> HttpResponse:
    """Who reads along, and a form to ask somebody."""
    desk = desk_of(request, board_id, "edit")
    coaches = coaches_for(desk.board, desk.today)
    form = ReaderForm(request.POST if request.method == "POST" else None, coaches=coaches)
    if request.method == "POST" and form.is_valid():
        setup.invite_reader(board=desk.board, person=form.cleaned_data["person"], by=desk.person, now=desk.now)
        return redirect("boards:readers", board_id)
    context = desk.frame(readers=readers_of(desk.board), form=form, has_coaches=coaches.exists())
    return render(request, "boards/readers.html", context, status=422 if form.is_bound else 200)


@require_POST
def reader_end(request: HttpRequest, board_id: int, reader_id: int) -> HttpResponse:
    """Stop somebody's reading, from today."""
    desk = desk_of(request, board_id, "edit")
    reader = get_object_or_404(BoardReader, board=desk.board, pk=min(reader_id, 2**63 - 1), to_date=None)
    setup.end_reader(reader=reader, by=desk.person, now=desk.now)
    return redirect("boards:readers", board_id)
