"""Wall, laptop and phone in one session: what one does, all see; what is over, is over for all."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def go_to(page: Page, step: str) -> None:
    """Look at a step by the bar at the top, and take everybody along."""
    page.get_by_role("link", name=re.compile(step)).first.click()
    page.get_by_role("button", name="Hier met iedereen verder").click()
    expect(page.get_by_role("heading", name=step, exact=True).first).to_be_visible()


def join_code(wall: Page) -> str:
    found = re.search(r"^([a-z0-9]{4}) ([a-z0-9]{4})$", wall.locator("body").inner_text(), re.M)
    assert found, "the wall shows no code"
    return found[1] + found[2]


def board_of(page: Page, world) -> str:
    """The address of the improvement board of whoever is signed in."""
    page.goto(world.url)
    page.get_by_role("link", name="Bord openen").first.click()
    return re.search(r"/boards/\d+/", page.url)[0]


def test_three_screens_are_in_step_and_a_phone_needs_no_account(world, visitor, sign_in_as):
    laptop, phone = visitor(), visitor(width=390, height=844)
    sign_in_as(laptop, "Daan Zandbak")
    board = board_of(laptop, world)
    wall = laptop.context.new_page()
    wall.set_viewport_size({"width": 1920, "height": 1080})
    laptop.goto(f"{world.url}{board}session/start/")
    laptop.get_by_role("button", name="Start de bordsessie").click()
    wall.goto(f"{world.url}{board}wall/")

    # Two taps: the code, the name.
    phone.goto(f"{world.url}/j/{join_code(wall)}/")
    phone.get_by_role("button", name="Ineke").click()
    expect(phone.get_by_role("heading", name="Check-in")).to_be_visible()

    laptop.get_by_role("button", name="Naar Successen").click()
    for screen in (wall, phone):
        expect(screen.get_by_role("heading", name="Successen", exact=True).first).to_be_visible()

    phone.get_by_label("Wat is er gelukt?").fill("Iedereen pakte zelf de leesmap")
    phone.keyboard.press("Enter")
    for screen in (laptop, wall):
        expect(screen.get_by_text("Iedereen pakte zelf de leesmap").first).to_be_visible()

    # The guest sees this session only.
    for path in (board, f"{board}records/", f"{board}history/", f"{board}archive/"):
        assert phone.request.get(f"{world.url}{path}", max_redirects=0).status in (302, 404)

    for step in ("Doelen", "Acties", "Planning", "Afronden"):
        laptop.get_by_role("button", name=f"Naar {step}").click()
        expect(wall.get_by_role("heading", name=step, exact=True).first).to_be_visible()
    laptop.get_by_role("button", name="Rond af").click()
    laptop.wait_for_url(re.compile("/records?/"))
    expect(laptop.locator("main")).to_contain_text("Iedereen pakte zelf de leesmap")
    expect(phone.get_by_label("Wat is er gelukt?")).to_have_count(0)


def test_a_second_group_goes_on_in_the_same_record(world, visitor, sign_in_as):
    page = visitor()
    sign_in_as(page, "Maryam Potlood")
    page.goto(world.url)
    page.goto(f"{world.url}{board_of(page, world)}")
    page.get_by_role("link", name="Implementatieteam", exact=True).click()
    board = re.search(r"/boards/\d+/", page.url)[0]
    page.goto(f"{world.url}{board}session/start/")
    page.get_by_role("button", name="Start de bordsessie").click()
    page.get_by_role("button", name="Naar Successen").click()
    page.get_by_label("Wat is er gelukt?").fill("Eerste groep: het rooster klopt")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Eerste groep: het rooster klopt").first).to_be_visible()
    go_to(page, "Afronden")
    page.get_by_role("button", name="Tweede groep volgt").click()
    expect(page.locator("main")).to_contain_text("Eerste groep: het rooster klopt")
    page.get_by_role("link", name=re.compile("tweede groep", re.I)).or_(
        page.get_by_role("button", name=re.compile("tweede groep", re.I))
    ).first.click()
    start = page.get_by_role("button", name=re.compile("Start|Verder"))
    if start.count():
        start.first.click()
    expect(page.get_by_role("heading", name="Check-in").first).to_be_visible()
    go_to(page, "Afronden")
    page.get_by_role("button", name="Rond af").click()
    page.wait_for_url(re.compile("/records?/"))
    expect(page.locator("main")).to_contain_text("Eerste groep: het rooster klopt")


def test_a_wall_hangs_without_anybody_signed_in_until_it_is_taken_away(world, visitor, sign_in_as):
    wall, laptop = visitor(width=1920, height=1080), visitor()
    for page in (wall, laptop):
        sign_in_as(page, "Fenna Krijtbord")
    board = board_of(laptop, world)
    wall.goto(f"{world.url}{board}devices/")
    wall.get_by_label("Hoe heet dit scherm?").fill("Teamkamer")
    wall.get_by_role("button", name="Zet dit scherm op de muur").click()
    expect(wall.get_by_role("heading", name="Acties", exact=True)).to_be_visible()
    # Signed out here: only this board is to be seen.
    assert wall.request.get(f"{world.url}{board}wall/", max_redirects=0).status == 200
    assert wall.request.get(f"{world.url}{board}history/", max_redirects=0).status in (302, 404)
    laptop.goto(f"{world.url}{board}devices/")
    laptop.get_by_role("button", name="Haal weg").first.click()
    expect(wall.get_by_role("heading", name="Acties", exact=True)).to_have_count(0)
    assert wall.request.get(f"{world.url}{board}wall/", max_redirects=0).status in (302, 404)


def test_an_idle_wall_asks_nothing_for_a_minute(world, visitor, sign_in_as, capsys):
    page = visitor(width=1920, height=1080)
    sign_in_as(page, "Bram Vulpen")
    page.goto(f"{world.url}{board_of(page, world)}wall/")
    page.wait_for_timeout(2_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(60_000)
    with capsys.disabled():
        print(f"\nidle wall, 60 s: {len(asked)} requests")
    assert asked == []


def test_a_session_without_javascript_ends_in_the_same_record(world, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{world.url}/demo/")
    page.get_by_role("button", name="Esra Kompas").first.click()
    page.goto(f"{world.url}/")
    page.get_by_role("link", name="Bord openen").first.click()
    page.get_by_role("link", name="Oefenbord").first.click()
    board = re.search(r"/boards/\d+/", page.url)[0]
    page.goto(f"{world.url}{board}session/start/")
    page.get_by_role("button", name="Start de bordsessie").click()
    page.get_by_role("button", name="Naar Successen").click()
    page.get_by_label("Wat is er gelukt?").fill("Zonder script")
    page.get_by_role("button", name="Hang op").click()
    for step in ("Doelen", "Acties"):
        page.get_by_role("button", name=f"Naar {step}").click()
    page.get_by_label("Wat gaat er gebeuren?").fill("Papier klaarleggen")
    page.get_by_role("button", name="Spreek af").click()
    for step in ("Planning", "Afronden"):
        page.get_by_role("button", name=f"Naar {step}").click()
    page.get_by_role("button", name="Rond af").click()
    record = page.locator("main").inner_text()
    assert "Zonder script" in record
    assert "Papier klaarleggen" in record
    context.close()
