"""The board on any day, what was changed, and what is in the archive."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.sheets import list_file, wants_file

from ..queries import archive as archives
from ..queries import history as histories
from ..queries.page import people_of
from ..services.operations import NOT_UNDONE
from .desk import Desk, desk_of
from .drawing import drawing_context

ROWS_ON_A_PAGE = 50


@require_safe
def history(request: HttpRequest, board_id: int) -> HttpResponse:
    """Without a day: the changes by week. With ``?on=``: the board as it hung that evening."""
    desk = desk_of(request, board_id)
    on = _day(request, desk)
    if on is not None:
        return _past(request, desk, on)
    before = request.GET.get("before", "")
    weeks = histories.weeks_of(
        desk.board,
        final=NOT_UNDONE,
        now=desk.now,
        before=int(before) if before.isdecimal() and len(before) < 10 else None,
    )
    context = desk.frame(
        weeks=weeks, first_day=histories.first_day(desk.board), operation=uuid4(), older=histories.oldest_shown(weeks)
    )
    return render(request, "boards/history.html", context)


def _past(request: HttpRequest, desk: Desk, on: date) -> HttpResponse:
    state = histories.state_on(desk.board, on)
    desk.people = people_of(state, desk.members)
    context = desk.frame(on=on, first_day=histories.first_day(desk.board)) | drawing_context(desk, state, on)
    return render(request, "boards/history_day.html", context)


def _day(request: HttpRequest, desk: Desk) -> date | None:
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        return None
    return min(asked, desk.today) if asked else None


@require_safe
def archive(request: HttpRequest, board_id: int) -> HttpResponse:
    """Everything that is finished: to look through, to sort, to take along as a file."""
    desk = desk_of(request, board_id)
    words, kind = request.GET.get("q", "")[:100], request.GET.get("kind", "")
    rows = archives.archive_of(desk.board, words=words, kind=kind, sort=request.GET.get("sort", "-date"))
    if wants_file(request):
        return _as_file(request, desk, rows)
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    kinds = [("", _("Alles")), ("goal", _("Doelen")), ("action", _("Acties")), ("note", _("Successen en kaarten"))]
    return render(request, "boards/archive.html", desk.frame(rows=page, q=words, kind=kind, kinds=kinds))


@require_safe
def export(request: HttpRequest, board_id: int) -> HttpResponse:
    """The whole archive of the board as a file."""
    desk = desk_of(request, board_id)
    return _as_file(request, desk, archives.archive_of(desk.board))


def _as_file(request: HttpRequest, desk: Desk, rows: list[archives.ArchiveRow]) -> HttpResponse:
    about = f"{desk.board.team or desk.board.school} {desk.board.get_kind_display()}"
    head = [_("Datum"), _("Soort"), _("Tekst"), _("Uitkomst"), _("Wie"), _("Erbij")]
    lines = ((row.day, row.kind_words, row.text, row.outcome, row.who, row.kept) for row in rows)
    return list_file(request, gettext_noop("Archief"), head, lines, about=about, school=desk.board.school_id)
