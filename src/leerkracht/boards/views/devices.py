"""Wall screens of a board: make this one, open another by a link, shut one out."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leerkracht.accounts.models import Person
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.access import public
from leerkracht.core.views.sheets import list_file, wants_file

from ..models import Board, BoardDevice
from ..queries.boards import board_for
from ..services import guests
from .desk import Desk, desk_of
from .room import name_of, qr_of

TWO_YEARS = 2 * 365 * 24 * 60 * 60
LINK_SECONDS = 15 * 60
SALT = "boards.device-link"


@never_cache
def devices(request: HttpRequest, board_id: int) -> HttpResponse:
    """The screens of this board; a new one is this browser, or whichever opens the link."""
    desk = desk_of(request, board_id, "edit")
    name = request.POST.get("name", "").strip()[:60] or _("Scherm in de teamkamer")
    if request.method == "POST" and request.POST.get("where") == "here":
        device, token = guests.open_device(board=desk.board, name=name, by=desk.person, now=desk.now)
        if request.POST.get("sign_out"):
            logout(request)  # a wall hangs where everybody passes: nobody's own account stays open on it
        return _hang(device, token)
    link = _link_to(desk, name) if request.method == "POST" else ""
    rows = BoardDevice.objects.filter(board=desk.board, revoked_at=None).select_related("created_by")
    rows = rows.order_by("created_at", "pk")
    if wants_file(request):
        head, board = [_("scherm"), _("opgehangen door"), _("sinds")], desk.board
        lines = ((row.name, row.created_by, row.created_at) for row in rows)
        return list_file(request, gettext_noop("Schermen"), head, lines, about=name_of(board), school=board.school_id)
    context = desk.frame(
        devices=rows,
        name=name,
        board_name=name_of(desk.board),
        link=link,
        link_qr=qr_of(link) if link else "",
        link_minutes=LINK_SECONDS // 60,
    )
    return render(request, "boards/devices.html", context)


@require_POST
def device_revoke(request: HttpRequest, board_id: int, device_id: UUID) -> HttpResponse:
    desk = desk_of(request, board_id, "edit")
    device = get_object_or_404(BoardDevice, pk=device_id, board=desk.board)
    guests.revoke_device(device=device, by=desk.person, now=desk.now)
    messages.success(request, _("‘%(name)s’ toont dit bord niet meer.") % {"name": device.name})
    return redirect("boards:devices", board_id)


@public("the screen on the wall has nobody who could sign in; the link is signed, short-lived and works once")
@never_cache
def device_open(request: HttpRequest, key: str) -> HttpResponse:
    """Make the browser that opens this link a wall screen, after one press."""
    asked = _read(key)
    if asked is None:
        return render(request, "boards/device_open.html", {"board": None}, status=410)
    board, person = asked["board"], asked["person"]
    if request.method != "POST":
        context = {"board": board, "board_name": name_of(board), "name": asked["name"]}
        return render(request, "boards/device_open.html", context)
    device, token = guests.open_device(
        board=board, name=asked["name"], by=person, now=timezone.now(), device_id=asked["device"]
    )
    return _hang(device, token)


def _hang(device: BoardDevice, token: str) -> HttpResponse:
    response = redirect("boards:wall", device.board_id)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        token,
        max_age=TWO_YEARS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _link_to(desk: Desk, name: str) -> str:
    """An address that makes one other browser a screen of this board, for a quarter of an hour."""
    key = signing.dumps([desk.board.pk, desk.person.pk, str(uuid4()), name], salt=SALT, compress=True)
    return desk.request.build_absolute_uri(reverse("boards:device-open", args=[key]))


def _read(key: str) -> dict[str, Any] | None:
    """What the link asks, as long as it is fresh, unused, and whoever made it may still work at the board."""
    try:
        board_id, person_id, device_id, name = signing.loads(key, salt=SALT, max_age=LINK_SECONDS)
        person = Person.objects.get(pk=person_id, is_active=True)
        board: Board = board_for(person, board_id, timezone.localdate(), action="edit")
    except (signing.BadSignature, Person.DoesNotExist, Http404, PermissionDenied):
        return None
    if BoardDevice.objects.filter(pk=device_id).exists():
        return None
    return {"board": board, "person": person, "device": UUID(device_id), "name": name}
