"""Just enough of an HTTP client to send operations, to hang up halfway, and to watch a stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any


@dataclass
class Line:
    """One kept-alive connection to the server."""

    port: int
    cookies: Mapping[str, str] = field(default_factory=dict)
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Line:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.hang_up()

    async def post(self, path: str, content: Any) -> tuple[int, Any]:
        """Send JSON and return status and JSON; ``OSError`` or ``EOFError`` when the line breaks."""
        await self.send("POST", path, self.encoded(content))
        status, _headers, body = await self.receive()
        return status, json.loads(body)

    @staticmethod
    def encoded(content: Any) -> bytes:
        return json.dumps(content).encode()

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        await self.send("GET", path, b"", headers or {})
        return await self.receive()

    async def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Send a request and do not wait for the answer."""
        if self.writer is None or self.writer.is_closing():
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await self.writer.drain()

    async def receive(self) -> tuple[int, dict[str, str], bytes]:
        """Read one whole answer."""
        status, headers = await self.head()
        if "content-length" in headers:
            return status, headers, await self._reader().readexactly(int(headers["content-length"]))
        if headers.get("transfer-encoding") != "chunked":
            return status, headers, b""
        parts = []
        while part := await self.chunk():
            parts.append(part)
        return status, headers, b"".join(parts)

    async def head(self) -> tuple[int, dict[str, str]]:
        """Read the status and the headers."""
        raw = await self._reader().readuntil(b"\r\n\r\n")
        first, *rest = raw.decode("latin-1").split("\r\n")
        pairs = (line.split(": ", 1) for line in rest if ": " in line)
        return int(first.split(" ")[1]), {name.lower(): value for name, value in pairs}

    async def chunk(self) -> bytes:
        """Read one piece of a stream; empty at its end."""
        reader = self._reader()
        size = int((await reader.readline()).strip() or b"0", 16)
        part = await reader.readexactly(size)
        await reader.readexactly(2)
        return part

    async def hang_up(self) -> None:
        if self.writer is not None:
            self.writer.close()
            self.reader = self.writer = None

    def _reader(self) -> asyncio.StreamReader:
        if self.reader is None:
            raise EOFError("not connected")
        return self.reader
