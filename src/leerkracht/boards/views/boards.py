"""The board's own page, and every change of it that needs no more than one tap."""

from __future__ import annotations

from uuid import UUID, uuid4

import msgspec
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from leerkracht.accounts.models import Person
from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal

from ..forms.taps import Tap, read_tap
from ..models import Board
from ..queries import page as pages
from ..queries.boards import boards_for
from ..queries.examples import examples_for
from ..queries.history import line_of
from ..queries.wire import api_of
from ..queries.words import sector_words, title_of
from ..services.operations import NOT_UNDONE
from .desk import Desk, desk_of
from .drawing import blanks_html, columns_html, dialogs_html, head_html

WITH_A_FORM = frozenset({"goal.measure", "goal.close"})


@require_safe
def board(request: HttpRequest, board_id: int) -> HttpResponse:
    """The board as it hangs now."""
    desk = desk_of(request, board_id)
    state = desk.state
    is_empty = not (state.goal or state.action or state.note)
    sector = desk.board.school.sector
    context = desk.frame(
        columns=columns_html(desk),
        dialogs=dialogs_html(desk) if desk.can_edit else "",
        switcher=_switcher(desk),
        head=head_html(desk),
        examples=[msgspec.structs.asdict(e) for e in examples_for(sector)] if _asks_goal(desk, is_empty) else [],
        is_empty=is_empty,
        words=sector_words(sector),
        undone=_offer_of_undo(request, desk),
        operation=uuid4(),
        page=_page_data(desk),
        blanks=blanks_html(desk),
    )
    return render(request, "boards/board.html", context)


@require_safe
def team(request: HttpRequest, team_id: int) -> HttpResponse:
    """The improvement board of a team, for who knows the team and not the board."""
    person: Person = request.user  # type: ignore[assignment]
    if team_id > 2**63 - 1:
        raise Http404
    boards = boards_for(person, timezone.localdate())
    found = boards.filter(team=team_id, kind=Board.Kind.IMPROVEMENT).order_by("archived_at", "pk")
    open_board = found.filter(archived_at=None).first() or found.first()
    if open_board is None:
        raise Http404
    return redirect("boards:board", open_board.pk)


@require_POST
def operate(request: HttpRequest, board_id: int) -> HttpResponse:
    """One tap without JavaScript: ``do`` says what, ``operation`` makes twice the same as once."""
    desk = desk_of(request, board_id, "edit")
    try:
        kind, key, rest = read_tap(request.POST.get("do", ""))
        number = UUID(request.POST.get("operation", ""))
    except ValueError as error:
        raise BadRequest("do or operation cannot be read") from error
    if kind in WITH_A_FORM:
        return redirect(f"{reverse('boards:card-edit', args=[board_id, key])}#{kind.replace('.', '-')}")
    tap = Tap(number, kind, key, rest, desk.state, desk.person.pk, desk.today, desk.around.next_session)
    try:
        asked = tap.asked()
    except Refusal as refusal:
        desk.refuse(say(refusal))
        return redirect(_back(request, board_id))
    results = desk.apply([asked])
    desk.tell(results)
    can_undo = results[0].status == "APPLIED" and asked.kind not in NOT_UNDONE
    return redirect(_back(request, board_id, undo=asked.id if can_undo else None))


def _page_data(desk: Desk) -> SafeString:
    """The page's JSON (``queries.wire.page_data``), in which also those who left are known by their initials."""
    people = {
        str(key): {"name": str(person), "first": person.first_name, "initials": person.initials}
        for key, person in desk.people.items()
    }
    board = {"id": desk.board.pk, "kind": desk.board.kind}
    me = {"kind": desk.entry.kind, "person": desk.person.pk}
    page = {
        "board": board, "seq": desk.state.seq, "state": desk.state, "people": people, "me": me,
        "can_edit": desk.can_edit, "today": desk.today, "now": desk.now, "api": api_of(desk.board),
    }  # fmt: skip
    # Django's json_script needs ten times as long for a hundred cards.
    return mark_safe(msgspec.json.encode(page).decode().translate(_SCRIPT_SAFE))


_SCRIPT_SAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def _back(request: HttpRequest, board_id: int, undo: UUID | None = None) -> str:
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("boards:board", args=[board_id])
    path, _hash, place = target.partition("#")
    path = path.partition("?undo=")[0]
    return f"{path}{f'?undo={undo}' if undo else ''}{f'#{place}' if place else ''}"


def _offer_of_undo(request: HttpRequest, desk: Desk) -> object:
    """The change that was just made here without JavaScript, to take back with one large key."""
    try:
        key = UUID(request.GET.get("undo", ""))
    except ValueError:
        return None
    return line_of(desk.board, key, final=NOT_UNDONE) if desk.can_edit else None


def _switcher(desk: Desk) -> list[dict[str, str]]:
    words = sector_words(desk.board.school.sector)
    return [
        {"anchor": pages.anchor_of(section), "title": title_of(section, words)}
        for section in pages.shown_sections(desk.state)
    ]


def _asks_goal(desk: Desk, is_empty: bool) -> bool:
    """An empty board offers examples to who can write on it; the organisational one has no goals."""
    return is_empty and desk.can_edit and desk.board.kind != Board.Kind.ORGANISATIONAL
