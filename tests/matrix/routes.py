"""Every route there is, read from Django's address table and the hot paths; and how to ask one as somebody."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from leerkracht.boards import asgi
from leerkracht.core.asgi import router

from .world import Cookies, World

HOT = "hot:"
# The sign-in library's pages; its own tests hold them, we hold who gets there.
LIBRARY = ("account_", "mfa_")
METHODS = ("GET", "POST")
_GROUP = re.compile(r"/?\(\?P<\w+>[^)]*\)")


@dataclass(frozen=True)
class Address:
    """What Django answers at one name: its view, and what its address asks for."""

    view: Any
    values: frozenset[str]


@cache
def django_routes() -> dict[str, Address]:
    """Every named address that Django answers; one without a name is refused here, for nobody could test it."""
    return dict(_walk(get_resolver(), "", frozenset()))


def _walk(resolver: URLResolver, space: str, values: frozenset[str]) -> Iterator[tuple[str, Address]]:
    for entry in resolver.url_patterns:
        asked = values | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, space + (f"{entry.namespace}:" if entry.namespace else ""), asked)
        elif entry.name is None:
            raise ValueError(f"{entry.pattern} has no name")
        else:
            yield f"{space}{entry.name}", Address(entry.callback, asked)


@cache
def hot_routes() -> dict[str, router.Route]:
    """Every hot path by name: ``/api/boards/<board>/operations`` is ``hot:api/boards/operations``."""
    if not router.find("GET", "/live/boards/1"):
        asgi.register()
    return {HOT + _GROUP.sub("", route.pattern.pattern).strip("/"): route for route in router.HOT}


def all_routes() -> set[tuple[str, str]]:
    """Method and name: GET and POST of whatever Django answers, and each hot path by its one method."""
    found = {(method, name) for name in django_routes() for method in METHODS}
    return found | {(route.method, name) for name, route in hot_routes().items()}


def path_of(name: str, world: World) -> str:
    """The address of ``name``, which may end in ``@variant``, with the world's values in it."""
    plain, _, variant = name.partition("@")
    if plain.startswith(HOT):
        board = world.args[f"board_id@{variant}" if variant else "board_id"]
        head, _, tail = plain.removeprefix(HOT).partition("boards")
        return f"/{head}boards/{board}{tail}"
    names = django_routes()[plain].values
    values = {key: world.args.get(f"{key}@{variant}", world.args.get(key)) for key in names}
    return reverse(plain, kwargs=values)


class Asker:
    """Asks the product as anyone; whatever the request changed is taken back. ``said`` is the last answer's text."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.factory = RequestFactory()
        self.said = ""
        hot_routes()

    def ask(self, who: str, method: str, name: str, data: dict[str, Any] | None = None) -> str:
        """The answer in the words of the table."""
        path = path_of(name, self.world)
        with transaction.atomic():
            try:
                if name.startswith(HOT):
                    status, body = self.hot(method, path, self.world.cookies[who], data)
                    self.said = body.decode()
                    return answer_of(status, "")
                response = self.plain(method, path, self.world.cookies[who], data)
                self.said = response.content.decode("utf-8", "replace")
                return answer_of(response.status_code, response.headers.get("Location", ""))
            finally:
                transaction.set_rollback(True)

    def plain(
        self, method: str, path: str, cookies: Cookies, data: dict[str, Any] | None = None, **headers: str
    ) -> Any:
        """Django's response to one request, changes kept."""
        extra = {"HTTP_COOKIE": _as_header(cookies)} | headers
        if method == "GET":
            path = f"{path}?{urlencode(data, doseq=True)}" if data else path
            request = self.factory.get(path, **extra)  # type: ignore[arg-type]
        elif method == "POST":
            request = self.factory.post(path, data or {}, **extra)  # type: ignore[arg-type]
        else:
            request = self.factory.generic(method, path, **extra)  # type: ignore[arg-type]
        response = self.handler(request.environ)
        if response.streaming:  # reading to its end closes it; close() itself would take the connection along
            b"".join(response.streaming_content)
        return response

    def hot(self, method: str, path: str, cookies: Cookies, data: Any = None, **headers: str) -> tuple[int, bytes]:
        """Status and first body of a hot path; a stream is left at once."""
        found = router.find(method, path.partition("?")[0])
        if found is None:
            raise LookupError(f"{method} {path} is not a hot path")
        return asyncio.run(call(*found, scope_of(method, path, cookies, **headers), json.dumps(data or {}).encode()))


def scope_of(method: str, path: str, cookies: Cookies, **headers: str) -> dict[str, Any]:
    """A request as the server hands it to a hot path."""
    sent = {"host": "testserver", "content-type": "application/json", "cookie": _as_header(cookies), **headers}
    path, _, query = path.partition("?")
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }


async def call(handler: Any, match: Any, scope: dict[str, Any], body: bytes) -> tuple[int, bytes]:
    messages: list[dict[str, Any]] = []
    told = iter([{"type": "http.request", "body": body, "more_body": False}] if scope["method"] == "POST" else [])

    async def receive() -> dict[str, Any]:
        return next(told, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        messages.append(message)

    await handler(scope, receive, send, match)
    return messages[0]["status"], b"".join(message.get("body", b"") for message in messages[1:])


def _as_header(cookies: Cookies) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def answer_of(status: int, location: str) -> str:
    """``ok`` for what was done, shown, or refused by a form; ``login`` and ``second_factor`` for where one is sent."""
    if location.partition("?")[0] == reverse(settings.LOGIN_URL) or status == 401:
        return "login"
    if location.partition("?")[0] == reverse("accounts:second-factor"):
        return "second_factor"
    if status < 400 or status in (400, 422):
        return "ok"
    return str(status)


def send(asker: Asker, who: str, method: str, name: str, data: dict[str, Any] | None = None, **headers: str) -> Any:
    """Django's response to one request of somebody in the table, changes kept."""
    return asker.plain(method, path_of(name, asker.world), asker.world.cookies[who], data, **headers)


def heard(response: Any) -> str:
    """The same as a word of the table; htmx is sent on by a header of its own."""
    return answer_of(response.status_code, response.headers.get("Location", response.headers.get("HX-Redirect", "")))
