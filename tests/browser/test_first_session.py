"""A teacher who has never seen the product runs a whole session, and every screen follows."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
MOST_TAPS = 25


class Fingers:
    """Count every tap; typing is free, going to a field is not."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.taps += 1

    def write(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label).locator("visible=true").first
        field.click()
        field.fill(text)
        self.taps += 1


def join_code(wall: Page) -> str:
    found = re.search(r"^([a-z0-9]{4}) ([a-z0-9]{4})$", wall.locator("body").inner_text(), re.M)
    assert found, "the wall shows no code"
    return found[1] + found[2]


def test_a_first_time_teacher_closes_a_session_within_25_taps(world, visitor, capsys):
    page = visitor()
    fingers = Fingers(page)
    page.goto(world.url)

    fingers.tap("button", "Arjan Boekenkast")
    fingers.tap("link", "Bord openen")
    fingers.tap("link", "Bordsessie starten")
    fingers.tap("button", "Start de bordsessie")

    fingers.tap("button", "goed")
    fingers.tap("button", "Naar Successen")
    fingers.write("Wat is er gelukt?", "De kring begon vanzelf stil")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De kring begon vanzelf stil")).to_be_visible()
    fingers.tap("button", "Naar Doelen")
    fingers.tap("button", "Naar Acties")
    fingers.tap("button", "Gelukt!")
    expect(page.get_by_text("Alles wat klaar moest zijn is besproken.")).to_be_visible()
    fingers.tap("link", "De opdracht in drie stappen op het bord zetten")
    fingers.tap("button", "Klaar")
    fingers.tap("link", "Drie redactiesommen kiezen voor de weektoets")
    fingers.tap("button", "Schuif door")
    fingers.write("Wat gaat er gebeuren?", "Samen de toets nakijken")
    fingers.tap("button", "Spreek af")
    expect(page.get_by_text("Samen de toets nakijken").first).to_be_visible()
    fingers.tap("button", "Naar Planning")
    fingers.tap("button", "Naar Afronden")
    fingers.write("Top", "Iedereen was kort")
    fingers.write("Tip", "Volgende keer met koffie")
    fingers.tap("button", "Rond af")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_url(re.compile("/records?/"))
    record = page.locator("main").inner_text()
    for said in ("Samen de toets nakijken", "De kring begon vanzelf stil", "Iedereen was kort"):
        assert said in record
    with capsys.disabled():
        print(f"\nfirst session: {fingers.taps} taps (at most {MOST_TAPS})")
    assert fingers.taps <= MOST_TAPS
