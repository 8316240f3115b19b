"""Who knocks at a board: a person who signed in, a wall with its token, or a guest of the running session."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.sessions import person_behind
from leerkracht.accounts.rules import DEVICE, GUEST, PERSON, Actor

from ..models import Board, BoardDevice, SessionGuest
from ..rules.entities import UNDERWAY
from . import boards

AS_HEADER = "X-Leerkracht-As"
# A sign-in that was looked up this short a time ago need not be looked up again for every tap; rights always are.
REMEMBERED_SECONDS = 5.0
_SessionStore = import_module(settings.SESSION_ENGINE).SessionStore
_remembered: dict[str, tuple[float, Person]] = {}


@dataclass(frozen=True)
class Entry:
    """Somebody at one board: who acts in its log, and what they may do. ``session`` binds a guest to one session."""

    board: Board
    actor: Actor
    kind: str
    person: Person | None
    can_edit: bool
    session: UUID | None = None


@dataclass(frozen=True)
class Caller:
    """What a request brings along that can open a board."""

    cookies: Mapping[str, str]
    wish: str = ""
    person: Person | None = None


def actor_for(request: HttpRequest, board_id: int, action: str = "view") -> Entry:
    """Return who is at the board in a page; ``Http404`` and ``PermissionDenied`` as for any object."""
    user: Any = request.user
    wish = request.headers.get(AS_HEADER) or request.GET.get("as", "")
    caller = Caller(request.COOKIES, wish, user if user.is_authenticated else None)
    return entry_for(caller, board_id, action, timezone.now())


def entry_for(caller: Caller, board_id: int, action: str, now: datetime) -> Entry:
    """Try what the caller brings: what it asks to be first, then person, guest, board device."""
    order = [kind for kind in (caller.wish.upper(),) if kind in _WAYS] + [PERSON, GUEST, DEVICE]
    refused: PermissionDenied | None = None
    for kind in dict.fromkeys(order):
        try:
            return _WAYS[kind](caller, board_id, action, now)
        except PermissionDenied as refusal:
            refused = refusal
        except Http404:
            continue
    raise refused or Http404


def person_of(cookies: Mapping[str, str], now: datetime) -> Person | None:
    """Return who is signed in with these cookies and may act: session alive, second factor shown where it is asked."""
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    moment = time.monotonic()
    known = _remembered.get(key)
    if known is not None and moment - known[0] < REMEMBERED_SECONDS:
        return known[1]
    person = person_behind(_SessionStore(key), now)
    if person is not None:
        if len(_remembered) > 5000:
            _remembered.clear()
        _remembered[key] = (moment, person)
    return person


def forget_sign_ins() -> None:
    """Look every sign-in up anew (after sign-out, and between tests)."""
    _remembered.clear()


def forget_sign_in(session_key: str) -> None:
    """Look one sign-in up anew: it has ended."""
    _remembered.pop(session_key, None)


def digest_of(token: str) -> str:
    """What is stored of a token: enough to know it again, not enough to be it."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor_of(caller: Caller, board_id: int, now: datetime) -> Actor:
    """Return who may write on this board with what ``caller`` brings; the short way of the hot path."""
    person = caller.person or (person_of(caller.cookies, now) if caller.wish.upper() in ("", PERSON) else None)
    if person is not None and boards.may(person.pk, "edit", board_id, timezone.localdate(now)):
        return Actor(PERSON, str(person.pk))
    return entry_for(caller, board_id, "edit", now).actor


def _as_person(caller: Caller, board_id: int, action: str, now: datetime) -> Entry:
    person = caller.person or person_of(caller.cookies, now)
    if person is None:
        raise Http404
    today = timezone.localdate(now)
    may_edit = boards.may(person.pk, "edit", board_id, today)
    if not may_edit and not boards.may(person.pk, "view", board_id, today):
        raise Http404
    if action == "edit" and not may_edit:
        raise PermissionDenied
    board = Board.objects.select_related("team", "school").get(pk=board_id)
    return Entry(board, Actor(PERSON, str(person.pk)), PERSON, person, may_edit)


def _as_device(caller: Caller, board_id: int, action: str, now: datetime) -> Entry:
    token = caller.cookies.get(settings.DEVICE_COOKIE_NAME)
    device = token and BoardDevice.objects.filter(token_digest=digest_of(token), revoked_at=None)
    found = device and device.select_related("board__team", "board__school").filter(board=board_id).first()
    if not found:
        raise Http404
    return Entry(found.board, Actor(DEVICE, str(found.pk)), DEVICE, None, True)


def _as_guest(caller: Caller, board_id: int, action: str, now: datetime) -> Entry:
    token = caller.cookies.get(settings.GUEST_COOKIE_NAME)
    guests = SessionGuest.objects.filter(
        expires_at__gt=now, session__state__in=UNDERWAY, session__board=board_id, person__is_active=True
    )
    guest = token and guests.filter(token_digest=digest_of(token)).select_related(
        "person", "session__board__team", "session__board__school"
    )
    found = guest and guest.first()
    if not found:
        raise Http404
    return Entry(found.session.board, Actor(GUEST, str(found.pk)), GUEST, found.person, True, found.session_id)


_WAYS = {PERSON: _as_person, GUEST: _as_guest, DEVICE: _as_device}
