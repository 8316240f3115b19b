"""Everybody goes everywhere in Chromium, and no browser refuses, misses or complains about anything.

Run: ``bin/test --slow crawl``. A short walk of the same kind is tests/browser/test_policy.py.
"""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import crawling
from tests.browser.conftest import CHROMIUM, QUIET, start_world
from tests.browser.crawling import Crawler, Heard

pytestmark = pytest.mark.slow
MOST_OF_A_KIND = 4
FOR_VISITORS = ("/", "/account/login/", "/account/signup/", "/gallery/", "/j/", "/demo/", "/demo/mail/", "/nergens/")
# One of each; the names of roles as the demonstration's front door says them.
ROLES = (
    "leraar", "schoolcoach", "schoolleider", "expertcoach", "verandercoach", "bestuurder", "centraal team",
    "beheerder", "onderzoeker", "fonds", "redacteur", "lezer",
)  # fmt: skip


def one_of_each(page, home):
    """The first made-up person of each role, by the words on the demonstration's front door."""
    page.goto(f"{home}/demo/")
    rows = page.eval_on_selector_all(
        ".demo-person .demo-words",
        "all => all.map(one => [one.querySelector('b').innerText, one.querySelector('span')?.innerText ?? ''])",
    )
    found = {}
    for name, words in rows:
        role = next((role for role in ROLES if re.match(rf"{role}\b", words)), None)
        found.setdefault(role, name)
    return {role: found[role] for role in ROLES}


def crawl_as(browser, home, heard, who, name, starts):
    context = browser.new_context(locale="nl-NL")
    crawler = Crawler(context, home, heard, who, most=MOST_OF_A_KIND)
    if name:
        crawling.sign_in(crawler.page, home, name)
    board = crawling.board_of(crawler.page, home) if name else ""
    crawler.go([*starts, *crawling.board_pages(board)])
    context.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    yield from (world.url for world in start_world(tmp_path_factory.mktemp("world")))


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


def test_no_role_meets_a_refusal(chromium, home):
    browser, started, heard = chromium, time.monotonic(), Heard()
    context = browser.new_context(locale="nl-NL")
    people = one_of_each(context.new_page(), home)

    teacher = Crawler(context, home, heard, "session", most=MOST_OF_A_KIND)
    crawling.sign_in(teacher.page, home, people["leraar"])
    board = crawling.board_of(teacher.page, home)
    code = crawling.start_session(teacher.page, home, board)

    for who, way_in in (("guest", lambda page: crawling.join_as_guest(page, home, code)), ("device", None)):
        other = browser.new_context(locale="nl-NL")
        crawler = Crawler(other, home, heard, who, most=MOST_OF_A_KIND)
        if way_in is None:
            crawling.sign_in(crawler.page, home, people["leraar"])
            crawling.hang_here(crawler.page, home, board)
            other.clear_cookies(name=re.compile(r"leerkracht_localhost_\d+$"))
        else:
            way_in(crawler.page)
        crawler.go([f"{board}wall/", f"{board}phone/", "/"])
        if who == "guest":
            steps = crawling.walk_session(teacher.page, home, board)
        other.close()
    context.close()

    crawl_as(browser, home, heard, "visitor", "", FOR_VISITORS)
    for role, name in people.items():
        crawl_as(browser, home, heard, role, name, ("/",))

    print(f"\n{'role':16} pages")
    for who, pages in heard.pages.items():
        print(f"{who:16} {pages:5}")
    print(f"{len(heard.pages)} roles, {heard.pages.total()} pages, {steps} steps, {heard.opened} things opened")
    print(f"{len(heard.violations)} policy violations, {len(heard.faults)} other faults")
    print(f"{time.monotonic() - started:.0f} s")
    assert heard.faults == []
    assert min(heard.pages.values()) >= 3
