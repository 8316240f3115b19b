"""The board's page with scripts: by keyboard alone, seen by a second screen, and drawn as the server draws it."""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
_numbers = count(1)

# Every card is drawn again by the page's script; what then differs from the server's own drawing comes back.
DRAWN_OTHERWISE = """async () => {
  const { redraw } = await import("/static/boards/follow.js");
  const { Board } = await import("/static/boards/log.js");
  const plain = (card) => card.outerHTML.replace(/ data-slot="[^"]*"| data-new=""| draggable="[^"]*"/g, "");
  const read = () => [...document.querySelectorAll("#board .card")].map((card) => [card.id, plain(card)]);
  const before = read();
  redraw(Board.fromPage(), new Set(before.map(([id]) => id.slice(5))));
  const after = read();
  return before.map((card, place) => [card, after[place]]).filter(([was, now]) => was.join() !== now?.join());
}"""


def open_board(page: Page, url: str, sign_in_as) -> None:
    sign_in_as(page, "Fenna Krijtbord")
    page.goto(url)
    page.get_by_role("link", name="Bovenbouw").or_(page.locator("a[href^='/boards/']")).first.click()
    page.wait_for_selector("#board")


def press_until(page: Page, key: str, words: str) -> None:
    for _ in range(20):
        if page.evaluate("document.activeElement.textContent").strip() == words:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{words} was not reached with {key}")


def write_action(page: Page, text: str) -> None:
    page.locator("[data-kind=ACTIONS] [data-add]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator(f".card:has-text('{text}')")).to_have_count(1)


def test_a_card_is_written_finished_moved_and_taken_back_by_keyboard_alone(world, visitor, sign_in_as):
    page, text = visitor(), f"Toetsen {next(_numbers)}"
    open_board(page, world.url, sign_in_as)
    write_action(page, text)
    card = page.locator(f".card:has-text('{text}')")
    card.locator(".more").focus()
    page.keyboard.press("Enter")
    press_until(page, "ArrowDown", "Verplaats")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog-move")).to_be_visible()
    page.get_by_role("button", name="Omhoog").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#board-said")).to_contain_text("staat nu op plek")
    page.keyboard.press("Escape")
    card.locator(".key").focus()
    page.keyboard.press("Enter")
    expect(card).to_have_attribute("data-state", "done")
    page.locator("[data-undo]").focus()
    page.keyboard.press("Enter")
    expect(card.locator(".key")).to_have_text("Klaar")


def test_another_screen_sees_it_at_once_and_keeps_its_focus(world, visitor, sign_in_as):
    mine, theirs, text = visitor(), visitor(), f"Samen {next(_numbers)}"
    for page in (mine, theirs):
        open_board(page, world.url, sign_in_as)
    write_action(mine, text)
    card = theirs.locator(f".card:has-text('{text}')")
    card.locator(".more").focus()
    mine.locator(f".card:has-text('{text}') .key").click()
    expect(card).to_have_attribute("data-state", "done")
    expect(card.locator(".more")).to_be_focused()


def test_a_refused_goal_stays_open_with_what_was_typed(world, visitor, sign_in_as):
    page = visitor()
    open_board(page, world.url, sign_in_as)
    page.locator("[data-kind=GOALS] [data-add]").click()
    page.locator("#goal_text").fill("Een doel zonder maat")
    page.locator("#dialog-goal button[name=place]").click()
    expect(page.locator("#dialog-goal [data-refused]")).to_contain_text("vul eerst in hoe je het meet")
    expect(page.locator("#goal_text")).to_have_value("Een doel zonder maat")


def test_a_phone_adds_a_card_in_two_taps(world, visitor, sign_in_as):
    page, text = visitor(width=390, height=844), f"Telefoon {next(_numbers)}"
    open_board(page, world.url, sign_in_as)
    page.locator("[data-kind=ACTIONS] [data-add]").click()
    page.keyboard.type(text)
    page.locator("#dialog-action").get_by_role("button", name="Bewaar").click()
    expect(page.locator(f".card:has-text('{text}')")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_menu_of_a_card_opens_beside_its_key_wherever_the_page_stands(world, visitor, sign_in_as):
    page = visitor(width=390, height=844)
    open_board(page, world.url, sign_in_as)
    key = page.locator("[data-kind=ACTIONS] .more").first
    key.scroll_into_view_if_needed()
    before = key.bounding_box()
    key.click()
    menu = page.locator("#card-menu")
    expect(menu).to_be_visible()
    assert key.bounding_box() == before
    box = menu.bounding_box()
    assert min(abs(box["y"] - before["y"] - before["height"]), abs(box["y"] + box["height"] - before["y"])) <= 8


def test_the_script_draws_every_card_as_the_server_does(world, visitor, sign_in_as):
    page = visitor()
    open_board(page, world.url, sign_in_as)
    assert page.evaluate(DRAWN_OTHERWISE) == []
