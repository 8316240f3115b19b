"""The wall: large, calm, in step with the conductor; without a session the board hangs there by itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leerkracht.core.views.access import public

from ..queries import records as record_queries
from ..queries.page import page_of, people_on
from ..queries.rhythm import next_session_date, strip_for
from ..queries.wire import page_data
from .room import Room, join_code, room_of, show_stage


@public("a board device; the view checks its token")
def wall(request: HttpRequest, board_id: int) -> HttpResponse:
    room = room_of(request, board_id, surface="wall")
    session = room.session
    if session is not None and session.state == "RUNNING":
        return show_stage(room, "boards/wall/running.html", "boards/session/_stage.html")
    return render(request, "boards/wall/calm.html", _calm(room))


def _calm(room: Room) -> dict[str, object]:
    people = people_on(room.board, room.state, room.today)
    shown = page_of(room.board, room.state, people, room.today)
    session = room.session
    closed = record_queries.just_closed(room.board, room.now)
    return room.frame(
        sections={section.kind: section for section in shown.sections},
        strip=strip_for(room.board, room.today),
        session=session,
        planned=shown.planned,
        next_date=session.next_date if session else shown.planned.planned_date if shown.planned else None,
        expected_date=next_session_date(room.board, room.today),
        closed=record_queries.record_for(room.board, closed) if closed and session is None else None,
        page=page_data(room.entry, room.now),
        **join_code(room),
    )
