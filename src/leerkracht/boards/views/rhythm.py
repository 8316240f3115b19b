"""The rhythm of a team over a school year: a mark a week, and what stood behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leerkracht.core.kernel.periods import SchoolYear

from ..queries.rhythm import year_for
from .desk import desk_of
from .room import name_of


def rhythm(request: HttpRequest, board_id: int) -> HttpResponse:
    desk = desk_of(request, board_id)
    this_year = SchoolYear.of(desk.today)
    first = SchoolYear.of(desk.board.created_at.date()).start
    raw = request.GET.get("year", "")
    chosen = SchoolYear(int(raw)) if raw.isdecimal() and first <= int(raw) <= this_year.start else this_year
    shown = year_for(desk.board, chosen, desk.today)
    tabs = [
        {"label": SchoolYear(start).label, "href": f"?year={start}", "is_current": start == chosen.start}
        for start in range(this_year.start, first - 1, -1)
    ]
    weeks = [(week, shown.sessions.get(week.day) if week.day else None) for week in shown.strip.weeks]
    context = desk.frame(shown=shown, weeks=weeks, years=tabs, board_name=name_of(desk.board))
    return render(request, "boards/rhythm.html", context)
