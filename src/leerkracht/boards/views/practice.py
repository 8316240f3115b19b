"""The practice board: begin again with cards to try everything on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal

from ..services import practice
from .desk import desk_of


@require_POST
def practice_reset(request: HttpRequest, board_id: int) -> HttpResponse:
    """Take everything off and hang the practice cards up again; any other board is refused."""
    desk = desk_of(request, board_id, "edit")
    try:
        practice.reset_practice_board(board=desk.board, by=desk.entry.person or desk.entry.actor, now=desk.now)
        messages.success(request, _("Het oefenbord hangt weer vol. Probeer alles; hier telt niets."))
    except Refusal as refusal:
        messages.error(request, say(refusal))
    return redirect("boards:board", board_id)
