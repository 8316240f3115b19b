"""Looking for a school with a keyboard: type, mistype, narrow, open."""

import pytest

pytestmark = pytest.mark.browser


def test_a_school_is_found_as_it_is_typed(world, visitor, sign_in_as):
    page = visitor(width=390, height=844)
    sign_in_as(page, "Maryam Potlood")
    page.goto(f"{world.url}/schools/")
    everything = page.get_by_role("status").inner_text()
    page.get_by_role("searchbox").press_sequentially("regenbog")
    page.get_by_text("Bedoelde je dit?").wait_for()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="De Regenboog", exact=True))
    assert row.count() == 1
    assert "q=regenbog" in page.url
    page.get_by_role("searchbox").fill("")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("status").filter(has_text=everything).wait_for()
    page.get_by_label("Soort onderwijs").select_option("VO")
    page.wait_for_url("**sector=VO**")
    page.get_by_role("searchbox").press_sequentially("zzzz")
    page.get_by_role("heading", name="Geen school gevonden").wait_for()
    page.get_by_role("link", name="Alle scholen laten zien").press("Enter")
    page.get_by_role("link", name="Besturen").press("Enter")
    page.get_by_role("searchbox").press_sequentially("krijtlij")
    page.get_by_role("status").filter(has_text="1 bestuur").wait_for()
    page.get_by_role("link", name="Stichting De Krijtlijn").press("Enter")
    page.get_by_role("heading", name="Stichting De Krijtlijn").wait_for()


def test_the_map_is_walked_by_keyboard_alone(world, visitor, sign_in_as):
    page = visitor(width=1366, height=900)
    sign_in_as(page, "Otto Spilfiguur")
    page.goto(f"{world.url}/schools/map/")
    page.get_by_role("link", name="Dichterbij").focus()
    page.keyboard.press("+")
    page.wait_for_url("**at=**")
    page.get_by_role("link", name="Heel Nederland").press("Enter")
    page.get_by_role("link", name="rond").first.focus()
    before = page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") != before
    dots = page.locator(".map-dots a[href^='/schools/']")
    page.get_by_label("Waar").select_option("province:Drenthe")
    dots.first.wait_for()
    dots.first.focus()
    page.keyboard.press("ArrowDown")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')").split(". ", 1)[1].rsplit(", ", 1)[0]
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=name, level=1).wait_for()
    page.get_by_role("heading", name="Scholen in de buurt").wait_for()
    page.get_by_role("link", name="Op de kaart").press("Enter")
    page.get_by_role("heading", name="Kaart van scholen").wait_for()
