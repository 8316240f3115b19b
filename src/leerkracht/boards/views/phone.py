"""The phone in a session: the same step as the wall, and what one can do with one thumb."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leerkracht.accounts.rules import PERSON
from leerkracht.core.views.access import public

from ..queries import records as record_queries
from ..queries.cards import Surroundings, card_of
from ..queries.page import people_on
from ..queries.wire import page_data
from .room import Room, room_of, show_stage


@public("a guest of the session; the view checks its token")
def phone(request: HttpRequest, board_id: int) -> HttpResponse:
    room = room_of(request, board_id, surface="phone")
    session = room.session
    context = {"my_actions": my_actions(room)}
    if session is not None and session.state == "RUNNING":
        return show_stage(room, "boards/phone/running.html", "boards/phone/_stage.html", **context)
    closed = record_queries.just_closed(room.board, room.now) if session is None else None
    if closed is not None and room.entry.kind == PERSON:
        return redirect("boards:record", board_id, closed)
    frame = room.frame(session=session, page=page_data(room.entry, room.now), **context)
    return render(request, "boards/phone/calm.html", frame)


def my_actions(room: Room) -> list[object]:
    """The open actions of whoever holds this phone, first due first."""
    me = room.entry.person
    if me is None:
        return []
    around = Surroundings.of(room.state, people_on(room.board, room.state, room.today), room.today)
    rows = [a for a in room.state.action.values() if a.owner == me.pk and a.state == "OPEN" and a.on_board]
    return [card_of(a, around) for a in sorted(rows, key=lambda a: (a.due_date, a.position))]
