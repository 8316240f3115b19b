"""What a browser gets: bytes on the wire, requests, elements, and how long a page takes to open."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-sandbox"]


@dataclass
class Visit:
    """One page, opened in a browser."""

    requests: int = 0
    bytes: int = 0
    hosts: set[str] = field(default_factory=set)
    elements: int = 0
    seconds: float = 0.0

    @property
    def kb(self) -> float:
        return self.bytes / 1000


class NoBrowser(Exception):
    """There is no Chromium here; the rows of the browser are left out."""


@contextmanager
def browser() -> Iterator[Any]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise NoBrowser("Chromium is not installed (Debian: sudo apt-get install chromium)")
    try:
        from playwright.sync_api import sync_playwright  # a development tool; without it the other rows still run
    except ImportError as error:
        raise NoBrowser("playwright is not installed (uv sync --group dev)") from error
    with sync_playwright() as tool:
        chromium = tool.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


def visit(page: Any, url: str) -> Visit:
    """Open ``url`` and count what came over the wire until the page was drawn; the live stream is not counted."""
    told = Visit()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    paths: dict[str, str] = {}

    def asked(event: dict[str, Any]) -> None:
        parts = urlsplit(event["request"]["url"])
        if parts.scheme in ("http", "https") and not parts.path.startswith("/live/"):
            paths[event["requestId"]] = parts.path
            told.hosts.add(parts.netloc)

    def loaded(event: dict[str, Any]) -> None:
        if event["requestId"] in paths and event["encodedDataLength"] > 0:
            told.requests += 1
            told.bytes += int(event["encodedDataLength"])

    wire.on("Network.requestWillBeSent", asked)
    wire.on("Network.loadingFinished", loaded)
    started = time.perf_counter()
    page.goto(url, wait_until="load")
    told.seconds = time.perf_counter() - started
    page.wait_for_timeout(600)
    told.elements = page.evaluate("document.querySelectorAll('*').length")
    wire.detach()
    return told


def signed_in(chromium: Any, base: str, cookies: dict[str, str]) -> Any:
    context = chromium.new_context()
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
    return context
