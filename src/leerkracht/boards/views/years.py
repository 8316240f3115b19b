"""The turn of the school year: what comes along, and what goes to the archive."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leerkracht.core.kernel.periods import SchoolYear

from ..queries import page as pages
from ..queries.cards import Surroundings, card_of
from ..queries.words import title_of
from ..rules.operations import NewYear, Operation
from .desk import Desk, desk_of


@require_http_methods(["GET", "HEAD", "POST"])
def new_year(request: HttpRequest, board_id: int) -> HttpResponse:
    """Tick what comes along; the rest stays to be read in the archive."""
    desk = desk_of(request, board_id, "edit")
    if request.method == "POST":
        results = desk.apply([_asked(request)])
        desk.tell(results)
        if results[0].refusal is None:
            return redirect("boards:board", board_id)
    context = desk.frame(groups=_groups(desk), operation=uuid4(), year=SchoolYear.of(desk.today))
    return render(request, "boards/new_year.html", context, status=422 if request.method == "POST" else 200)


def _asked(request: HttpRequest) -> Operation:
    try:
        keep = tuple(UUID(key) for key in request.POST.getlist("keep"))
        return Operation(UUID(request.POST.get("operation", "")), NewYear(keep=keep))
    except ValueError as error:
        raise BadRequest("keep or operation cannot be read") from error


def _groups(desk: Desk) -> list[dict[str, object]]:
    """Open cards under the section they hang in."""
    around = Surroundings.of(desk.state, desk.people, desk.today)
    still_open = {row.id for row in pages.open_cards(desk.state)}
    groups = []
    for section in sorted(desk.state.section.values(), key=lambda s: s.position):
        rows = pages.rows_in(section, desk.state) if section.kind != "CHECK_IN" else []
        cards = [card_of(row, around) for row in rows if row.id in still_open]
        if cards:
            groups.append(
                {"title": title_of(section, desk.around.words), "cards": cards, "is_kept": section.kind != "PLANNING"}
            )
    return groups
