"""What laptop, wall and phone share: who stands at the board, which session runs, and asking for a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID, uuid4

import msgspec
import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkracht.accounts.rules import DEVICE, GUEST

from ..models import Board
from ..queries.actors import actor_for
from ..queries.guests import code_of, spoken
from ..queries.stage import Stage, stage_of
from ..queries.steps import Step, minutes
from ..queries.wire import page_data
from ..rules.entities import Session
from ..rules.operations import Operation, Payload
from ..rules.wire import Standing
from ..services.check_in import standing_of
from ..services.operations import Result
from .at_board import AtBoard, tell_outsider

PANELS = {step: f"boards/session/_{step.lower()}.html" for step in ("CHECK_IN", "SUCCESSES", "GOALS", "ACTIONS")}
PANELS |= {step: f"boards/session/_{step.lower()}.html" for step in ("PLANNING", "ROUND_OFF")}


@dataclass
class Room(AtBoard):
    """One board as somebody at it has it before them; ``surface`` is session, wall or phone."""

    surface: str

    @property
    def session(self) -> Session | None:
        return self.state.current_session()

    @property
    def home(self) -> str:
        """Where this screen stands, also after a form."""
        return reverse(f"boards:{self.surface}", args=[self.board.pk])

    @property
    def new_id(self) -> UUID:
        """An id for one more form: a plain form that is sent twice is done once."""
        return uuid4()

    @cached_property
    def stage(self) -> Stage:
        session = self.session
        assert session is not None
        query = self.request.GET
        return stage_of(
            self.board,
            self.state,
            session,
            now=self.now,
            today=self.today,
            look_at=query.get("step", ""),
            action=query.get("action", ""),
        )

    def frame(self, **more: Any) -> dict[str, Any]:
        """The context that every screen of a board needs."""
        return {
            "room": self,
            "board": self.board,
            "board_name": name_of(self.board),
            "surface": self.surface,
            "can_edit": self.can_edit,
            "is_guest": self.entry.kind == GUEST,
            "is_device": self.entry.kind == DEVICE,
            "me": self.entry.person,
            "today": self.today,
        } | more

    def apply(self, asked: Sequence[Operation]) -> list[Result]:
        """Apply ``asked`` as whoever stands here; refusals and cautions become messages."""
        results = super().apply(asked)
        self.tell(results)
        return results


def room_of(request: HttpRequest, board_id: int, *, surface: str = "session", action: str = "view") -> Room:
    """Open the board for a person, a board device or a guest; refused as any object is."""
    room = Room(request, actor_for(request, board_id, action), timezone.now(), surface)
    tell_outsider(request, room.entry, room.now)
    return room


def show_stage(room: Room, page: str, part: str, **more: Any) -> HttpResponse:
    """The running session as a page, or its stage alone for a page that follows."""
    session = room.session
    assert session is not None
    stage = room.stage
    now_detail = left_words(stage)
    context = room.frame(
        stage=stage,
        session=session,
        check_in=_standing(room, session),
        panel=PANELS[stage.shown.kind],
        part=part,
        bar=[_bar_step(step, room, now_detail) for step in stage.steps],
        clock=clock_words(stage),
        clock_label=_("van 15 minuten") if _left(stage) >= 0 else _("over tijd"),
        now_detail=now_detail,
        role_lines=[(role, label, stage.roles[role]) for role, label in role_words()],
        leads=room.can_edit and stage.roles["leader"] is not None and stage.roles["leader"] == room.entry.person,
        **join_code(room),
        **more,
    )
    if room.request.GET.get("part") == "stage":
        response = render(room.request, part, context)
    else:
        context |= {"page": page_data(room.entry, room.now)}
        response = render(room.request, page, context)
    response["Cache-Control"] = "no-store"
    return response


def _standing(room: Room, session: Session) -> Standing:
    """The totals are for who is in the session; who only reads along sees how many tapped."""
    standing = standing_of(room.state, session)
    return standing if room.entry.can_edit else msgspec.structs.replace(standing, totals=None)


def join_code(room: Room) -> dict[str, Any]:
    """The code and the QR with which a phone joins the running session."""
    session = room.session
    if session is None or not room.can_edit or room.entry.kind == GUEST:
        return {}
    code = code_of(session.id)
    url = room.request.build_absolute_uri(reverse("boards:join", args=[code]))
    return {
        "join_url": url,
        "join_words": spoken(code),
        "join_qr": qr_of(url),
        "join_host": f"{room.request.get_host()}/j",
    } | {"join_lead": _("Doe mee op je telefoon")}


@lru_cache(maxsize=256)
def qr_of(text: str) -> str:
    """A QR code as SVG without a size of its own."""
    return segno.make(text, error="m").svg_inline(omitsize=True, border=0)


def name_of(board: Board) -> str:
    return board.team.name if board.team else _("Implementatieteam")


def new(payload: Payload) -> Operation:
    return Operation(uuid4(), payload)


def role_words() -> list[tuple[str, str]]:
    """The three roles in the reader's words."""
    return [("leader", _("Leidt")), ("timekeeper", _("Let op de tijd")), ("notetaker", _("Schrijft mee"))]


def left_words(stage: Stage) -> str:
    """What is left of the running step, in the words that the page's own timer uses too."""
    clock = stage.clock
    spent = clock.step_before + _running(stage)
    if spent > clock.step_planned:
        return _("%s min over tijd") % ((spent - clock.step_planned) // 60 or "½")
    return _("nog %s van %s min") % (minutes(clock.step_planned - spent), minutes(clock.step_planned))


def clock_words(stage: Stage) -> str:
    """Minutes and seconds left of the quarter; over time with a plus."""
    left = _left(stage)
    whole, seconds = divmod(abs(left), 60)
    return f"{'+' if left < 0 else ''}{whole:02d}:{seconds:02d}"


def _bar_step(step: Step, room: Room, now_detail: str) -> dict[str, Any]:
    href = f"{room.home}?step={step.kind}" if room.can_edit else ""
    detail = now_detail if step.state == "now" else step.detail
    return {"title": step.title, "detail": detail, "state": step.state, "href": href}


def _running(stage: Stage) -> int:
    return max(0, stage.clock.now - stage.clock.step_started) // 1000


def _left(stage: Stage) -> int:
    return stage.clock.planned - stage.clock.before - _running(stage)
