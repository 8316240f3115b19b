"""The one serving process: hot paths of the rooms in the event loop, everything else by Django on threads."""

from __future__ import annotations

import asyncio
import importlib
import logging
import re
import secrets

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule

from leerkracht.config import logging as lines
from leerkracht.config import wsgi
from leerkracht.config.logging import REQUEST_ID
from leerkracht.config.serving import beat, headers, plain
from leerkracht.config.serving.threads import Threads
from leerkracht.core.asgi import router, writer
from leerkracht.core.asgi.router import Message, Receive, Scope, Send

KNOWN_ID = re.compile(rb"[0-9A-Za-z-]{8,64}")

log = logging.getLogger("leerkracht.serving")


class Application:
    """Chooses who answers, gives each request its id and each answer its headers, and ends in order."""

    def __init__(self, django: Threads) -> None:
        self.django = django
        self.edge = headers.edge()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = _request_id(scope)
        REQUEST_ID.set(request_id.decode())

        async def send_complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                whole = self.edge.complete(scope["path"], message["status"], _cookies(scope), message["headers"])
                message["headers"] = [*whole, (b"x-request-id", request_id)]
            await send(message)

        found = router.find(scope["method"], scope["path"])
        if found is None:
            is_even = beat.is_even(scope["method"], scope["path"])
            began = asyncio.get_running_loop().time()
            await self.django(scope, receive, beat.even(send_complete, began) if is_even else send_complete)
            return
        handler, match = found
        try:
            await handler(scope, receive, send_complete, match)
        except asyncio.CancelledError:
            raise
        except Exception:  # the edge: logged once, answered with an apology and a way on
            log.exception("A hot path failed", extra={"route": match.re.pattern})
            await plain.say(scope, send_complete, 500, plain.FAILED)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                for start in router.STARTERS:
                    start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await asyncio.to_thread(writer.WRITER.close)
                self.django.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _request_id(scope: Scope) -> bytes:
    """Return the id a balancer gave this request, or a new one."""
    given = dict(scope["headers"]).get(b"x-request-id", b"")
    return given if KNOWN_ID.fullmatch(given) else secrets.token_hex(8).encode()


def _cookies(scope: Scope) -> bytes:
    return b";".join(value for name, value in scope["headers"] if name == b"cookie")


def get_application() -> Application:
    """Return the whole product, ready to serve: Django set up and every room's hot paths registered."""
    handler = wsgi.get_application()
    lines.configure(settings.ENV.log_format)
    register_rooms()
    return Application(Threads(handler))


def register_rooms() -> None:
    """Let each room that has an ``asgi`` floor put its hot paths on the router."""
    for room in settings.ROOMS:
        if module_has_submodule(apps.get_app_config(room.rpartition(".")[2]).module, "asgi"):
            register = getattr(importlib.import_module(f"{room}.asgi"), "register", None)
            if register:
                register()
