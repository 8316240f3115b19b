"""Day one in a browser: a list goes in and comes back out, and axe finds nothing on the way."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
LIST = "BRIN;Fase;Sinds;Naam\nZZAX;Warm contact;1-8-2026;x\n99ZZ;EERSTE JAAR;31-2-2024;y\n"


@pytest.mark.parametrize(("width", "dark"), [(390, True), (1366, False)])
def test_a_list_goes_in_and_comes_back_out(world, visitor, sign_in_as, tmp_path, width, dark):
    found = {}

    def look(name):
        page.wait_for_load_state("load")
        result = Axe().run(page)
        if result.violations_count:
            found[name] = result.generate_report()
        if (too_wide := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found[f"{name} width"] = f"{too_wide} px wider than the screen"

    page = visitor(width=width, height=900, dark=dark)
    sign_in_as(page, "Otto Spilfiguur")
    look("home")
    page.get_by_role("link", name="Lijsten inlezen").first.click()
    look("imports")
    page.get_by_role("link", name="Bestand inlezen").first.click()
    look("new")
    (tmp_path / "scholen.csv").write_text(LIST)
    page.set_input_files("input[type=file]", tmp_path / "scholen.csv")
    page.get_by_role("button", name="Bekijken").click()
    look("columns")
    page.get_by_role("button", name="Bekijken wat dit doet").click()
    page.wait_for_url(re.compile(r"/administration/\d+/$"))
    look("preview")
    if page.get_by_label("‘Warm contact’").count():  # the first walk says what it means; the next knows
        page.get_by_label("‘Warm contact’").select_option("PROSPECT")
        page.get_by_role("button", name="Woorden bewaren").click()
    page.get_by_role("button", name="1 rij inlezen").click()
    page.get_by_role("heading", name="Geweigerde rijen").wait_for()
    look("result")
    page.get_by_role("button", name="Inlezen terugdraaien").click()
    page.get_by_text("Teruggedraaid op").wait_for()
    look("undone")
    page.goto(f"{world.url}/contacts/")
    look("contacts")
    assert found == {}
