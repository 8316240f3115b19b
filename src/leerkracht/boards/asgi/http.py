"""Read a request and write an answer by hand: the few lines of HTTP that the hot paths need."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal

from ..queries.actors import AS_HEADER, Caller

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
MOST_BYTES = 1_000_000
_encode = msgspec.json.Encoder().encode


class Answer(Exception):
    """A request that is answered without doing anything."""

    def __init__(self, status: int, code: str, reason: str) -> None:
        super().__init__(reason)
        self.status, self.code, self.reason = status, code, reason


def headers_of(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def cookies_of(headers: Mapping[str, str]) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def query_of(scope: Scope) -> dict[str, str]:
    pairs = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return {name: values[-1] for name, values in pairs.items()}


def caller_of(scope: Scope) -> Caller:
    headers = headers_of(scope)
    wish = headers.get(AS_HEADER.lower(), "") or query_of(scope).get("as", "")
    return Caller(cookies_of(headers), wish)


def language_of(caller: Caller) -> str:
    chosen = caller.cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def check_same_site(scope: Scope) -> None:
    """Refuse a write that another site's page sends along with our cookies.

    A JSON body already needs the browser's permission across sites; the origin is checked besides.
    """
    headers = headers_of(scope)
    if not headers.get("content-type", "").startswith("application/json"):
        raise Answer(415, "not_json", "Content-Type must be application/json")
    origin = headers.get("origin")
    if origin and urlsplit(origin).netloc != headers.get("host", "") and origin != settings.BASE_URL:
        raise Answer(403, "other_site", "Origin is not this site")


async def body_of(receive: Receive) -> bytes:
    """Return the whole body, at most a megabyte."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Answer(400, "gone", "client left")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            raise Answer(413, "too_large", "at most 1,000,000 bytes")
        if not message.get("more_body"):
            return b"".join(parts)


async def respond(send: Send, content: Any, status: int = 200) -> None:
    """Answer with JSON."""
    body = content if isinstance(content, bytes) else _encode(content)
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, error: Exception, language: str) -> None:
    """Answer a foreseen no in the reader's words; anything else is raised again for the edge to log."""
    with translation.override(language):
        status, code, reason = _no(error)
    await respond(send, {"code": code, "reason": reason}, status)


def _no(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, Answer):
        return error.status, error.code, error.reason
    if isinstance(error, Http404):
        return (
            404,
            "not_found",
            _("Dit bord is er niet, of je mag er niet bij. Log in of vraag een collega om toegang."),
        )
    if isinstance(error, PermissionDenied):
        return 403, "read_only", _("Je mag dit bord lezen, maar niet veranderen.")
    if isinstance(error, Refusal):
        return 422, error.code, say(error)
    raise error


FORESEEN = (Answer, Http404, PermissionDenied, Refusal)
