"""The board on paper: A3 or A4, with a QR per section that opens it on a phone."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..queries import page as pages
from .desk import desk_of

SIZES = ("a3", "a4")


@require_safe
def printing(request: HttpRequest, board_id: int) -> HttpResponse:
    """A quiet sheet: no keys, black on white, wide margins to write in."""
    desk = desk_of(request, board_id)
    size = request.GET.get("size", "a3")
    page = pages.page_of(desk.board, desk.state, desk.people, desk.today)
    home = settings.BASE_URL.rstrip("/") + reverse("boards:board", args=[board_id])
    codes = {section.id: _code(f"{home}#{section.anchor}") for section in page.sections}
    context = desk.frame(
        page=page, size=size if size in SIZES else "a3", sizes=SIZES, codes=codes, home=home,
        themes=pages.running_themes(desk.themes, desk.today),
        columns=[[(section, codes[section.id]) for section in column.sections] for column in page.columns],
    )  # fmt: skip
    return render(request, "boards/print.html", context)


def _code(address: str) -> str:
    return segno.make(address, error="m", micro=False).svg_inline(scale=2, border=2, omitsize=True)
