"""Records: the list of sessions, one record, and its PDF."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.sheets import list_file, tell_exported, wants_file

from ..models import Board
from ..queries import records as record_queries
from ..queries.records import Told
from ..services import records as record_files
from .desk import Desk, desk_of
from .room import name_of

A_PAGE = 25


@require_GET
def records(request: HttpRequest, board_id: int) -> HttpResponse:
    """Every session held or skipped: search, sort, leaf, download."""
    desk = desk_of(request, board_id)
    words, sort = request.GET.get("q", "")[:100], request.GET.get("sort", "-date")
    rows = record_queries.sessions_of(desk.board, words=words, sort=sort)
    if wants_file(request):
        return _as_file(request, desk.board, rows)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines = [(row, record_queries.minutes_of(row)) for row in page]
    context = desk.frame(rows=page, lines=lines, query=words, board_name=name_of(desk.board))
    return render(request, "boards/records.html", context)


@require_GET
def record(request: HttpRequest, board_id: int, session_id: UUID) -> HttpResponse:
    desk, told = _open(request, board_id, session_id)
    context = desk.frame(
        told=told,
        record=told.record,
        summary=told.summary(),
        board_name=name_of(desk.board),
        pdf_is_ready=default_storage.exists(_file(told)),
        undo=record_queries.closing_line(desk.board, told.session.id) if desk.can_edit else None,
    )
    return render(request, "boards/record.html", context)


@never_cache
def record_pdf(request: HttpRequest, board_id: int, session_id: UUID) -> HttpResponseBase:
    """The record as a PDF; until the task worker has made it, a page that waits calmly."""
    desk, told = _open(request, board_id, session_id)
    name = _file(told)
    if default_storage.exists(name):
        title = _("Bordsessie %(team)s %(day)s.pdf") % {"team": name_of(desk.board), "day": day_of(told).isoformat()}
        tell_exported(request, gettext_noop("Verslag van een bordsessie"), 1, school=desk.board.school_id)
        return FileResponse(default_storage.open(name), content_type="application/pdf", filename=title)
    if request.method == "POST":
        record_files.ask_for_pdf(board_id=board_id, session_id=session_id, language=get_language() or "nl")
        return redirect("boards:record-pdf", board_id, session_id)
    context = desk.frame(told=told, day=day_of(told), board_name=name_of(desk.board))
    return render(request, "boards/record_pdf.html", context, status=202)


def day_of(told: Told) -> date:
    return told.session.started_at.date() if told.session.started_at else told.session.planned_date


def _open(request: HttpRequest, board_id: int, session_id: UUID) -> tuple[Desk, Told]:
    desk = desk_of(request, board_id)
    told = record_queries.record_for(desk.board, session_id)
    if told is None or told.session.state not in ("CLOSED", "SKIPPED"):
        raise Http404
    return desk, told


def _file(told: Told) -> str:
    return record_files.file_name(told, get_language() or "nl")


def _as_file(request: HttpRequest, board: Board, rows: Any) -> HttpResponse:
    head = [_("Datum"), _("Stand"), _("Minuten"), _("Aanwezig"), _("Leiding"), _("Top"), _("Tip"), _("Reden")]
    lines = (
        (
            row.planned_date,
            row.get_state_display(),
            record_queries.minutes_of(row),
            row.present,
            row.leader,
            row.top,
            row.tip,
            row.skip_reason,
        )
        for row in rows
    )
    return list_file(request, gettext_noop("Bordsessies"), head, lines, about=name_of(board), school=board.school_id)
