"""In two taps from the wall's QR: who are you, and in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal
from leerkracht.core.views.access import public
from leerkracht.core.views.limits import count_try, may_try
from leerkracht.core.views.pages import too_often

from ..models import BoardSession
from ..queries.boards import HIGHEST_ID, members_of
from ..queries.guests import session_of_code
from ..services import guests
from .room import name_of

GUESS = "join_code"
KNOCK = "whoever scans the code on the wall has no account to show yet"


@public(KNOCK)
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Type the code that stands beside the QR."""
    typed = request.GET.get("code", "")
    return _look(request, typed) if typed else render(request, "boards/join/code.html", {"typed": ""})


@public(KNOCK)
@never_cache
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Choose who you are; one tap lets the phone in for ninety minutes."""
    if not may_try(request, GUESS):
        return too_often(request)
    session = session_of_code(code)
    if session is None:
        return _unknown(request, code)
    today = timezone.localdate()
    people = members_of(session.board, today).order_by("name", "pk")
    if request.method != "POST":
        context = {"session": session, "people": people, "board": session.board, "board_name": name_of(session.board)}
        return render(request, "boards/join/who.html", context)
    raw = request.POST.get("person", "")
    if not raw.isdecimal() or int(raw) > HIGHEST_ID:
        raise Http404
    return _admit(request, session, get_object_or_404(people, pk=int(raw)))


def _look(request: HttpRequest, typed: str) -> HttpResponse:
    """Go on to who one is; a code that opens nothing counts, so that nobody tries them all."""
    if not may_try(request, GUESS):
        return too_often(request)
    found = session_of_code(typed)
    return redirect("boards:join", found.join_code) if found else _unknown(request, typed)


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    count_try(request, GUESS)
    return render(request, "boards/join/code.html", {"typed": typed}, status=404)


def _admit(request: HttpRequest, session: BoardSession, person: object) -> HttpResponse:
    try:
        _guest, token = guests.admit(session=session, person=person, now=timezone.now())  # type: ignore[arg-type]
    except Refusal as refusal:
        messages.error(request, say(refusal))
        return redirect("boards:join-code")
    response = redirect("boards:phone", session.board_id)
    response.set_cookie(
        settings.GUEST_COOKIE_NAME,
        token,
        max_age=guests.GUEST_MINUTES * 60,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@public("a guest whose session is over has nothing to show any more")
@never_cache
def goodbye(request: HttpRequest) -> HttpResponse:
    """Thank a guest and take the cookie back."""
    response = render(request, "boards/join/goodbye.html", {"title": _("Tot de volgende keer")})
    response.delete_cookie(settings.GUEST_COOKIE_NAME)
    return response
