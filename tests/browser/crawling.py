"""Walk the product as somebody: follow its own links, open what opens, and listen for what a browser refuses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Page

# Listens in every page before its own scripts; the browser tells each refusal to the document.
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.heardViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
# What reveals more of a page without changing anything: dialogs, menus, folded parts.
OPENERS = (
    "summary, [data-dialog-open], [data-card-form], [data-more], [data-add], [aria-haspopup], [aria-expanded=false]"
)
# A link in a drawing has no address as text.
LINKS = "links => links.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
NOT_FOLLOWED = re.compile(r"/account/logout/|/demo/as/|/static/|mailto:|\.pdf|/pdf/|/export/|format=|/api/")
VARYING = re.compile(r"(?<=[/=])(?:\d+|[0-9a-f-]{36}|\d{4}-\d\d(?:-\d\d)?|[\d.]+%2C[\d.]+%2C\d)(?=[/&?]|$)")


@dataclass
class Heard:
    """What was looked at, and what went wrong there."""

    pages: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    opened: int = 0

    @property
    def violations(self) -> list[str]:
        return [fault for fault in self.faults if ": refused by policy: " in fault]


class Crawler:
    """Goes round as one person; ``most`` pages of one kind, where a kind is an address without its ids."""

    def __init__(self, context: BrowserContext, home: str, heard: Heard, who: str, *, most: int = 1) -> None:
        self.home, self.heard, self.who, self.most = home, heard, who, most
        self.host = urlsplit(home).netloc
        self.seen: set[str] = set()
        self.kinds: Counter[str] = Counter()
        self.page = context.new_page()
        listen(self.page, heard, who, self.host)

    def go(self, starts: Iterable[str] = ("/",)) -> None:
        """Visit ``starts`` and whatever they lead to."""
        waiting = list(starts)
        while waiting:
            path = waiting.pop(0)
            if path in self.seen or self.kinds[kind := kind_of(path)] >= self.most:
                continue
            self.seen.add(path)
            self.kinds[kind] += 1
            if self._visit(path):
                waiting += list(self._links())

    def _visit(self, path: str) -> bool:
        try:
            answer = self.page.goto(self.home + path, wait_until="load")
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            return False
        self.heard.pages[self.who] += 1
        if answer is not None and answer.status >= 400 and answer.status != 404:
            self.heard.faults.append(f"{self.who} {path}: {answer.status}")
        self.heard.opened += open_all(self.page)
        return True

    def _links(self) -> Iterator[str]:
        hrefs = self.page.eval_on_selector_all("a[href]", LINKS)
        for href in hrefs:
            parts = urlsplit(href)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc == self.host and not NOT_FOLLOWED.search(path):
                yield path


def listen(page: Page, heard: Heard, who: str, host: str) -> None:
    """Note what ``page`` is refused, says on its console, fails to get, or asks of others."""

    def note(what: str) -> None:
        heard.faults.append(f"{who} {urlsplit(page.url).path}: {what}")

    page.expose_function("heardViolation", lambda said: note(f"refused by policy: {said}"))
    page.add_init_script(LISTEN)
    page.on("pageerror", lambda error: note(f"script error: {error}"))
    page.on("console", lambda said: note(f"console: {said.text}") if _is_fault(said.type, said.text) else None)
    page.on("requestfailed", lambda request: note(f"failed: {request.url}") if _is_lost(request.failure) else None)
    page.on("request", lambda request: note(f"asked elsewhere: {request.url}") if _is_away(request.url, host) else None)


def open_all(page: Page) -> int:
    """Open each dialog, menu and fold once by its own key, and close it again; returns how many."""
    opened = 0
    for key in page.locator(OPENERS).all()[:12]:
        try:
            if key.is_visible():
                key.click(timeout=500)
                opened += 1
                page.keyboard.press("Escape")
        except Error:
            continue
    return opened


def kind_of(path: str) -> str:
    """Return the address without its ids, and of a query its names alone."""
    place, _, query = path.partition("?")
    names = sorted({part.partition("=")[0] for part in query.split("&") if part})
    return VARYING.sub("#", place) + ("?" + "&".join(names) if names else "")


def _is_fault(kind: str, text: str) -> bool:
    # A page that does not exist says so on the console too.
    return kind in ("error", "warning") and "status of 404" not in text and "status of 410" not in text


def _is_lost(failure: str | None) -> bool:
    # A page that is left ends its open stream and what it still asked for.
    return failure not in ("net::ERR_ABORTED", None)


def _is_away(url: str, host: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host


# Pages of a board that its first page does not lead to for everyone.
BOARD = ("", "records/", "rhythm/", "wall/", "phone/", "session/", "session/start/", "layout/", "devices/", "print/")


def sign_in(page: Page, home: str, name: str) -> None:
    page.goto(f"{home}/demo/")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_url(f"{home}/")


def board_of(page: Page, home: str) -> str:
    """Return the path of the first board on somebody's own first page; empty where there is none."""
    page.goto(home)
    hrefs = page.eval_on_selector_all("a[href^='/boards/']", "links => links.map(a => a.getAttribute('href'))")
    return next((found[0] for href in hrefs if (found := re.match(r"/boards/\d+/", href))), "")


def board_pages(board: str) -> list[str]:
    return [board + page for page in BOARD] if board else []


def start_session(page: Page, home: str, board: str) -> str:
    """Begin a session at ``board`` as who works there; returns the code that its wall shows."""
    page.goto(f"{home}{board}session/start/")
    page.get_by_role("button", name="Start de bordsessie").click()
    page.wait_for_url(re.compile("/session/"))
    page.goto(f"{home}{board}wall/")
    shown = re.search(r"^([a-z0-9]{4}) ([a-z0-9]{4})$", page.locator("body").inner_text(), re.M)
    if shown is None:
        raise LookupError("the wall shows no code")
    return shown[1] + shown[2]


def walk_session(page: Page, home: str, board: str) -> int:
    """Go through every step of a running session, opening what opens; returns how many steps there were."""
    page.goto(f"{home}{board}session/")
    steps = 1
    while (onward := page.get_by_role("button", name=re.compile("^Naar "))).count():
        open_all(page)
        onward.first.click()
        page.wait_for_timeout(300)  # the stage draws itself anew when the log's line comes back
        steps += 1
    return steps


def hang_here(page: Page, home: str, board: str) -> None:
    """Make this browser a wall screen, and nobody's own any more."""
    page.goto(f"{home}{board}devices/")
    page.locator("[name=where][value=here]").first.click()
    page.wait_for_url(re.compile("/wall/"))


def join_as_guest(page: Page, home: str, code: str) -> None:
    page.goto(f"{home}/j/{code}/")
    page.locator("main button[name=person], main [type=submit]").first.click()
    page.wait_for_url(re.compile("/phone/"))
