"""Django's WSGI handler inside an ASGI process, on a few threads that stay.

Why not a library: ``docs/decisions/0004-django-behind-one-asgi-process.md`` has the measurements.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from leerkracht.config.serving import plain
from leerkracht.core.asgi.router import Receive, Scope, Send

THREADS = 2
MAX_BODY = 10 * 1024 * 1024
MAX_IN_MEMORY = 256 * 1024
MAX_WAITING = 2_000  # beyond this a request waits longer than a person would

WsgiApp = Callable[..., Any]

log = logging.getLogger("leerkracht.serving")


class TooLarge(Exception):
    """The body is more than ``MAX_BODY``."""


class Gone(Exception):
    """The client left before it had said everything."""


@dataclass
class Answer:
    """What Django said; ``chunks`` is set only when it streams."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    content: bytes = b""
    chunks: Iterator[bytes] | None = None
    close: Callable[[], None] | None = None


class Threads:
    """An ASGI application around a WSGI one."""

    def __init__(self, app: WsgiApp, *, threads: int = THREADS, max_waiting: int = MAX_WAITING) -> None:
        self.app = app
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self.max_waiting = max_waiting
        self.waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.waiting >= self.max_waiting:
            await plain.say(scope, send, 503, plain.BUSY, headers=[(b"retry-after", b"5")])
            return
        self.waiting += 1
        try:
            await self._answer(scope, receive, send)
        finally:
            self.waiting -= 1

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await read_body(scope, receive)
        except TooLarge:
            await plain.say(scope, send, 413, plain.TOO_LARGE)
            return
        except Gone:
            return
        with body:
            try:
                answer = await self._in_thread(self._call, environ(scope, body))
            except Exception:  # the edge: Django answers its own errors; what still comes through is logged once
                log.exception("Django raised instead of answering")
                answer = None
        if answer is None:
            await plain.say(scope, send, 500, plain.FAILED)
            return
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.chunks is not None:
            await self._stream(answer, receive, send)
        await send({"type": "http.response.body", "body": answer.content})

    async def _stream(self, answer: Answer, receive: Receive, send: Send) -> None:
        """Send chunk by chunk; between two chunks no thread is held, so that slow readers do not stop others."""
        gone = asyncio.ensure_future(receive())  # after the body the only message left is that the client went away
        try:
            while (chunk := await self._in_thread(next, answer.chunks, None)) is not None and not gone.done():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        finally:
            gone.cancel()
            if answer.close:
                await self._in_thread(answer.close)

    def _call(self, variables: dict[str, Any]) -> Answer:
        """Run Django and, unless it streams, take its whole answer along: one hop to a thread and back."""
        answer = Answer()

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
            answer.status = int(status.split(" ", 1)[0])
            answer.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]

        response = self.app(variables, start_response)
        if getattr(response, "streaming", True):
            answer.chunks, answer.close = iter(response), getattr(response, "close", None)
            return answer
        try:
            answer.content = b"" if variables["REQUEST_METHOD"] == "HEAD" else b"".join(response)
        finally:
            response.close()
        return answer

    def _in_thread(self, function: Callable[..., Any], *values: Any) -> Awaitable[Any]:
        context = contextvars.copy_context()  # the request id goes along; what the thread sets stays its own
        return asyncio.get_running_loop().run_in_executor(self.pool, context.run, function, *values)

    def close(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)


async def read_body(scope: Scope, receive: Receive) -> IO[bytes]:
    """Return the whole body, on disk when it is big; refuse it as soon as it is known to be too large."""
    announced = dict(scope["headers"]).get(b"content-length", b"0")
    if announced.isdigit() and int(announced) > MAX_BODY:
        raise TooLarge
    body: IO[bytes] = SpooledTemporaryFile(max_size=MAX_IN_MEMORY)  # noqa: SIM115  (the caller closes it)
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            body.close()
            raise Gone
        chunk, more = message.get("body", b""), message.get("more_body", False)
        size += len(chunk)
        if size > MAX_BODY:
            body.close()
            raise TooLarge
        body.write(chunk)
    body.seek(0)
    return body


def environ(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """Return the WSGI variables of an ASGI request (PEP 3333 names, latin-1 text)."""
    host, port = scope.get("server") or ("localhost", None)
    variables: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    variables.update(headers(scope["headers"]))
    variables["CONTENT_LENGTH"] = str(size(body))  # a chunked body announces none, and Django reads no further
    return variables


def size(body: IO[bytes]) -> int:
    length = body.seek(0, 2)
    body.seek(0)
    return length


def headers(pairs: list[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Return request headers under their WSGI names; a repeated one is joined as HTTP says."""
    named: dict[str, str] = {}
    for raw_name, raw_value in pairs:
        if b"_" in raw_name:  # X_Forwarded_Proto would pass for X-Forwarded-Proto
            continue
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name in ("CONTENT_LENGTH", "CONTENT_TYPE") else f"HTTP_{name}"
        separator = "; " if key == "HTTP_COOKIE" else ","
        named[key] = named[key] + separator + value if key in named else value
    return named
