"""The session on a laptop: start it, lead it through its steps, round it off; skip or plan one."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkracht.accounts.rules import DEVICE, GUEST
from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal
from leerkracht.core.views.access import public

from ..forms.asked import id_of, read_form
from ..kernel import rota
from ..queries import records as record_queries
from ..queries.boards import members_of
from ..queries.rhythm import school_days_after
from ..queries.rota import Turns, turns_for
from ..queries.steps import visible_steps
from ..rules.entities import STEPS, Session
from ..rules.operations import (
    CloseSession,
    Operation,
    PauseSession,
    PlanSession,
    ResumeSession,
    RoundOff,
    SkipSession,
    StartSession,
    StepSession,
)
from ..services import check_in as check_ins
from .room import Room, new, role_words, room_of, show_stage

AT_THE_BOARD = "a board device or a guest too; the view checks its token"
# What a form on a screen of the session may ask; layout and history have pages of their own.
ALLOWED = frozenset(
    {
        "session.step", "session.roles", "session.present", "session.round_off", "undo",
        "action.add", "action.edit", "action.done", "action.celebrate", "action.carry", "action.drop", "action.reopen",
        "goal.measure", "goal.close", "goal.reopen", "note.add", "note.edit", "note.close", "note.remove", "note.offer",
    }
)  # fmt: skip
MOODS = {"low": 1, "neutral": 2, "happy": 3}
SURFACES = ("session", "wall", "phone")


@public(AT_THE_BOARD)
def start(request: HttpRequest, board_id: int) -> HttpResponse:
    """Who is here, who does what, and go. A swap or a tap on a name only asks the page again."""
    room = room_of(request, board_id, action="edit", surface=_surface(request))
    session = room.session
    if session is not None and session.state == "RUNNING":
        return redirect(room.home)
    turns = turns_for(room.board, room.today)
    people = {p.pk: p for p in members_of(room.board, room.today).order_by("name", "pk")}
    asked = request.POST if request.method == "POST" else request.GET
    here = frozenset(_people(asked.getlist("present")) & set(people)) if "asked" in asked else _expected(room, turns)
    away = frozenset(people) - here
    chosen = {role: _person(asked.get(role)) for role in rota.ROLES}
    roles = rota.settle(chosen, here, turns.propose(away)) if "asked" in asked else turns.propose(away)
    if request.method == "POST":
        return _start(room, here, roles, session)
    swap = request.GET.get("swap", "")
    if swap in rota.ROLES:
        roles = rota.next_after(swap, roles, turns.order(swap, away))
    context = room.frame(
        people=[(person, key in here) for key, person in people.items()],
        here_count=len(here),
        roles=[(role, label, people.get(roles[role] or 0)) for role, label in role_words()],
        is_coached=turns.held < rota.COACHED_SESSIONS,
        second=session,
        frame="core/wall.html" if room.surface == "wall" else "core/base.html",
        next_days=school_days_after(room.board, room.today, 5),
        first_group=record_queries.first_group(room.board, session) if session else None,
    )
    part = "boards/session/_start_form.html" if request.GET.get("part") == "form" else "boards/session/start.html"
    return render(request, part, context)


def _expected(room: Room, turns: Turns) -> frozenset[int]:
    """Who is ticked beforehand: who works today, and in the second group who was not in the first."""
    was_there = {a.person for a in room.state.attendance.values() if a.is_present}
    return (turns.expected - was_there) or turns.expected


def _start(room: Room, here: frozenset[int], roles: rota.Roles, session: Session | None) -> HttpResponse:
    kind = ResumeSession if session is not None else StartSession
    planned = _planned(room)
    key = session.id if session else planned.id if planned else id_of(room.request.POST.get("session"))
    payload = kind(id=key, present=tuple(sorted(here)), **roles)
    asked = [Operation(id_of(room.request.POST.get("op")), payload)]
    steps = visible_steps(room.state)
    if steps[0] != STEPS[0]:
        asked.append(new(StepSession(id=key, step=steps[0])))
    refused = any(result.refusal for result in room.apply(asked))
    return redirect(reverse("boards:session-start", args=[room.board.pk]) if refused else room.home)


@public(AT_THE_BOARD)
def session(request: HttpRequest, board_id: int) -> HttpResponse:
    """The conductor: one step at a time, in step with the wall and the phones."""
    room = room_of(request, board_id)
    if room.entry.kind == DEVICE:
        return redirect("boards:wall", board_id)
    if room.entry.kind == GUEST:
        return redirect("boards:phone", board_id)
    current = room.session
    if current is not None and current.state == "RUNNING":
        return show_stage(room, "boards/session/page.html", "boards/session/_stage.html")
    if current is not None:
        told = record_queries.first_group(room.board, current)
        return render(request, "boards/session/between.html", room.frame(session=current, told=told))
    last = record_queries.just_closed(room.board, room.now)
    if last is not None:
        return redirect("boards:record", board_id, last)
    if room.can_edit:
        return redirect("boards:session-start", board_id)
    return render(request, "boards/session/none.html", room.frame())


@public(AT_THE_BOARD)
@require_POST
def do(request: HttpRequest, board_id: int) -> HttpResponse:
    """One change by a plain form; the screens with a script send the same to the hot path."""
    room = room_of(request, board_id, action="edit", surface=_surface(request))
    try:
        room.apply([read_form(request.POST, allowed=ALLOWED)])
    except Refusal as refusal:
        messages.error(request, say(refusal))
    return redirect(_back(room))


@public(AT_THE_BOARD)
@require_POST
def check_in(request: HttpRequest, board_id: int) -> HttpResponse:
    """One tap of the check-in by a plain form: counted in memory, never stored."""
    room = room_of(request, board_id, action="edit", surface=_surface(request))
    who = str(room.entry.person.pk) if room.entry.person else ""
    mood = MOODS.get(request.POST.get("mood", ""), 0)
    try:
        check_ins.tap(board_id=room.board.pk, state=room.state, mood=mood, who=who)
        messages.success(request, _("Je tik telt mee."))
    except Refusal as refusal:
        messages.error(request, say(refusal))
    return redirect(_back(room))


@public(AT_THE_BOARD)
@require_POST
def close(request: HttpRequest, board_id: int) -> HttpResponse:
    """Round off with top, tip and the next date, or wait for the second group."""
    room = room_of(request, board_id, action="edit", surface=_surface(request))
    current = room.session
    if current is None:
        return redirect(room.home)
    post = request.POST
    said = RoundOff(id=current.id, top=post.get("top", current.top), tip=post.get("tip", current.tip))
    next_date = parse_date(post.get("next_date", "") or "") if post.get("next_date") else None
    if post.get("end") == "pause":
        pause_date = parse_date(post.get("second_date", "") or "") if post.get("second_date") else next_date
        ending: list[Operation] = [Operation(id_of(post.get("op")), PauseSession(id=current.id, next_date=pause_date))]
    else:
        ending = [
            Operation(id_of(post.get("op")), CloseSession(id=current.id, next_date=next_date)),
            *_plan(room, next_date),
        ]
    room.apply([new(said), *ending])
    return redirect(room.home)


def _plan(room: Room, day: date | None) -> list[Operation]:
    """Plan the next session on ``day``, once."""
    planned = [s.planned_date for s in room.state.session.values() if s.state == "PLANNED"]
    return [new(PlanSession(id=uuid4(), date=day))] if day is not None and day not in planned else []


@public(AT_THE_BOARD)
@require_POST
def skip(request: HttpRequest, board_id: int) -> HttpResponse:
    """Skip today's session, with the reason that the rhythm and the records keep."""
    room = room_of(request, board_id, action="edit", surface=_surface(request))
    planned = _planned(room)
    payload = SkipSession(
        id=planned.id if planned else id_of(request.POST.get("session")),
        date=planned.planned_date if planned else room.today,
        reason=request.POST.get("reason", ""),
    )
    done = room.apply([Operation(id_of(request.POST.get("op")), payload)])
    if done[0].refusal is None:
        messages.success(request, _("Overgeslagen. Het staat met de reden in jullie ritme."))
        return redirect("boards:rhythm" if room.entry.kind != DEVICE else "boards:wall", board_id)
    return redirect("boards:session-start", board_id)


@public(AT_THE_BOARD)
@require_POST
def plan(request: HttpRequest, board_id: int) -> HttpResponse:
    """Plan the next session, or move the one that is planned."""
    room = room_of(request, board_id, action="edit", surface=_surface(request))
    day = parse_date(request.POST.get("date", "") or "0")
    if day is None or day < room.today:
        messages.error(request, _("Kies een dag vanaf vandaag."))
        return redirect("boards:session-start", board_id)
    planned = next((s for s in room.state.session.values() if s.state == "PLANNED"), None)
    room.apply([Operation(id_of(request.POST.get("op")), PlanSession(id=planned.id if planned else uuid4(), date=day))])
    messages.success(request, _("De bordsessie is gepland."))
    return redirect("boards:rhythm" if room.entry.kind != DEVICE else "boards:wall", board_id)


def _planned(room: Room) -> Session | None:
    """The planned session that starting now fulfils: of today, or one that was not held; never one of a later week."""
    planned = [s for s in room.state.session.values() if s.state == "PLANNED" and s.planned_date <= room.today]
    return max(planned, key=lambda s: s.planned_date, default=None)


def _surface(request: HttpRequest) -> str:
    asked = request.POST.get("on") or request.GET.get("on", "session")
    return asked if asked in SURFACES else "session"


def _back(room: Room) -> str:
    wish = room.request.POST.get("next", "")
    return wish if url_has_allowed_host_and_scheme(wish, {room.request.get_host()}) else room.home


def _people(raw: list[str]) -> set[int]:
    return {int(text) for text in raw if text.isdecimal() and len(text) < 19}


def _person(raw: str | None) -> int | None:
    return next(iter(_people([raw or ""])), None)
