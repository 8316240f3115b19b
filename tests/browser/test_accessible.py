"""Every kind of page, light and dark, on a phone and a laptop: axe finds nothing."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
# Page by the person who uses it; {board} is the improvement board of De Regenboog's upper years.
PAGES = {
    "": ["/demo/", "/demo/mail/", "/account/login/", "/account/signup/", "/gallery/", "/bestaat-niet/", "/j/"],
    "Arjan Boekenkast": [
        "/",
        "{board}",
        "{board}history/",
        "{board}archive/",
        "{board}layout/",
        "{board}records/",
        "{board}rhythm/",
        "{board}devices/",
        "{board}readers/",
        "{board}print/",
        "{board}wall/",
        "{board}phone/",
        "{board}session/start/",
        "{board}new-year/",
        "/audit/",
        "/profile/",
        "/profile/erase/",
    ],
    "Maryam Potlood": ["/", "/schools/", "/schools/?q=regenbog", "/schools/?q=zzzz", "/governing-bodies/"],
    "Otto Spilfiguur": [
        "/invitations/",
        "/invitations/?state=",
        "/audit/",
        "/audit/purge/",
        "/people/data-requests/?q=mar",
    ],
    "Hanna Wegwijzer": ["/", "/schools/", "/schools/map/", "/schools/map/?where=province:Drenthe", "/schools/1/"],
}


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(world, visitor, sign_in_as, width, scheme, capsys):
    found, looked = {}, 0
    for name, paths in PAGES.items():
        page = visitor(width=width, height=900, dark=scheme == "dark")
        board = ""
        if name:
            sign_in_as(page, name)
            page.goto(world.url)
            links = page.locator("a[href^='/boards/']").evaluate_all("links => links.map(a => a.getAttribute('href'))")
            board = next((match[0] for link in links if (match := re.match(r"/boards/\d+/", link))), "")
        for path in paths:
            page.goto(world.url + path.format(board=board))
            page.wait_for_load_state("load")
            result = Axe().run(page)
            looked += 1
            if result.violations_count:
                found[f"{name} {path}"] = result.generate_report()
            too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if too_wide > 0 and "print/" not in path:  # paper has its own width
                found[f"{name} {path} width"] = f"{too_wide} px wider than the screen"
    with capsys.disabled():
        print(f"\naxe at {width} px, {scheme}: {looked} pages, {len(found)} with faults {sorted(found)}")
    assert found == {}
