"""A whole product to walk through: its own home, its own port, the demonstration world, and a Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

READY_SECONDS = 120
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
# Chromium's own errands would be requests to other hosts.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@dataclass(frozen=True)
class World:
    """A running product."""

    url: str
    home: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_world(
    home: Path, *arguments: str, demonstration: bool = True, variables: Mapping[str, str] | None = None
) -> Iterator[World]:
    """Run ``leerkracht up`` until the block ends."""
    port = free_port()
    url = f"http://localhost:{port}"
    demo = "yes" if demonstration else "no"
    env = {**os.environ, "LEERKRACHT_HOME": str(home), "LEERKRACHT_DEMO": demo, "LEERKRACHT_URL": url}
    env |= {"DATABASE_URL": "", "LEERKRACHT_KEYS": "", "LEERKRACHT_HOSTS": "", **(variables or {})}
    log = (home / "up.log").open("w")
    command = [sys.executable, "-m", "leerkracht.config.command", "up", "--port", str(port), *arguments]
    process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        _wait(url, process, home / "up.log")
        yield World(url, home)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        log.close()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"the product did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    yield from start_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Make a page of a fresh browser: ``visitor(width=390, height=844, dark=True)``; a script error fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(*, width: int = 1366, height: int = 900, dark: bool = False) -> Page:
        scheme = "dark" if dark else "light"
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="nl-NL")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def sign_in_as(world: World) -> Callable[[Page, str], None]:
    """Sign in as somebody of the demonstration, by name, with one click."""

    def sign_in(page: Page, name: str) -> None:
        page.goto(f"{world.url}/demo/")
        page.get_by_role("button", name=name).first.click()
        page.wait_for_url(f"{world.url}/")

    return sign_in
