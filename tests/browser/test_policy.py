"""No browser refuses anything of ours: a page of every kind, a running session, and planted faults."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from . import crawling
from .crawling import Crawler, Heard

pytestmark = pytest.mark.browser
TEACHER, CENTRAL = "Claire Woordenboek", "Otto Spilfiguur"


@pytest.fixture
def browse(browser):
    """A fresh browser of somebody: signed in by name, or a visitor."""
    contexts = []

    def open_context(home, name=""):
        contexts.append(browser.new_context(locale="nl-NL"))
        if name:
            page = contexts[-1].new_page()
            crawling.sign_in(page, home, name)
            page.close()
        return contexts[-1]

    yield open_context
    for context in contexts:
        context.close()


def test_a_crawl_hears_no_refusal(world, browse, capsys):
    heard, started = Heard(), time.monotonic()
    Crawler(browse(world.url), world.url, heard, "visitor").go(
        ["/", "/account/login/", "/gallery/", "/j/", "/nergens/"]
    )
    Crawler(browse(world.url, CENTRAL), world.url, heard, CENTRAL).go()
    teacher = Crawler(browse(world.url, TEACHER), world.url, heard, TEACHER)
    board = crawling.board_of(teacher.page, world.url)
    code = crawling.start_session(teacher.page, world.url, board)
    guest = Crawler(browse(world.url), world.url, heard, "guest")
    crawling.join_as_guest(guest.page, world.url, code)
    guest.go([f"{board}phone/"])
    steps = crawling.walk_session(teacher.page, world.url, board)
    teacher.go(["/", *crawling.board_pages(board)])
    with capsys.disabled():
        print(
            f"\ncrawl: {heard.pages.total()} pages, {steps} steps, {heard.opened} things opened, {heard.faults} faults"
        )
        print(f"{time.monotonic() - started:.0f} s")
    assert heard.faults == []
    assert heard.pages[TEACHER] >= 20
    assert steps >= 6


@pytest.mark.parametrize(
    ("planted", "word"),
    [
        ("document.body.setAttribute('style', 'color: red')", "style-src-attr"),
        (
            "document.body.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}))",
            "style-src-elem",
        ),
        ("document.body.setAttribute('onclick', 'x()')", "require-trusted-types-for"),
        ("eval('1 + 1')", "require-trusted-types-for"),
        ("setTimeout('1 + 1', 0)", "require-trusted-types-for"),
        ("document.body.innerHTML = '<p>hoi</p>'", "require-trusted-types-for"),
        ("trustedTypes.createPolicy('second', {createHTML: (text) => text})", "trusted-types"),
        ("document.body.append(Object.assign(new Image(), {src: 'https://elders.example/a.png'}))", "img-src"),
        ("fetch('https://elders.example/').catch(() => {})", "connect-src"),
    ],
)
def test_a_planted_fault_is_heard(world, browse, planted, word):
    crawler = Crawler(browse(world.url), world.url, heard := Heard(), "visitor")
    crawler.page.goto(f"{world.url}/gallery/")
    assert heard.violations == []
    tried = f"try {{ {planted} }} catch {{ /* refused */ }}"
    crawler.page.evaluate(f"() => new Promise((done) => setTimeout(() => {{ {tried}; setTimeout(done, 200); }}))")
    assert [fault for fault in heard.violations if word in fault] != []


def test_what_htmx_fetched_passes_and_an_old_answer_does_not(world, browse):
    crawler = Crawler(browse(world.url, CENTRAL), world.url, heard := Heard(), CENTRAL)
    page = crawler.page
    page.goto(f"{world.url}/schools/")
    expect(page.locator("#found")).to_contain_text("De Noordster")
    page.locator("form[hx-get] input[type=search]").press_sequentially("noorderlicht")
    expect(page.locator("#found")).not_to_contain_text("De Noordster")
    expect(page.locator("#found")).to_contain_text("Noorderlicht")
    assert heard.faults == []
    page.evaluate("() => { try { document.body.innerHTML = document.querySelector('#found').outerHTML } catch {} }")
    page.wait_for_timeout(200)
    assert len(heard.violations) == 1
