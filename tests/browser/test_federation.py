"""Coming in by a school's own sign-in page, in a browser: the policy lets it through, with scripts and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.federation.fake_provider import CLIENT, SECRET, FakeProvider, running

from .conftest import start_world

pytestmark = pytest.mark.browser
CODED = f"{CLIENT}:{SECRET}".replace("/", "%2F").replace("@", "%40").replace(":van", "%3Avan")
SCHOOL = "ZZAA"


@pytest.fixture(scope="module")
def provider():
    with running(FakeProvider()) as fake:
        yield fake


@pytest.fixture(scope="module")
def abroad(provider, tmp_path_factory):
    """A product that knows that organisation."""
    variables = {"LEERKRACHT_ENTREE": provider.url.replace("://", f"://{CODED}@")}
    yield from start_world(tmp_path_factory.mktemp("abroad"), variables=variables)


def look(page, found):
    result = Axe().run(page)
    if result.violations_count:
        found.append(result.generate_report())
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("width", "dark"), [(390, True), (1366, False)])
def test_a_school_account_is_linked_signs_in_and_is_let_go(abroad, provider, visitor, width, dark):
    found = []
    provider.told = {"nlEduPersonHomeOrganizationId": SCHOOL}
    page = visitor(width=width, dark=dark)
    page.goto(f"{abroad.url}/demo/")
    page.get_by_role("button", name="Fenna Krijtbord").first.click()
    page.wait_for_url(f"{abroad.url}/")
    page.goto(f"{abroad.url}/profile/")
    look(page, found)
    page.get_by_role("button", name="Koppelen").click()
    page.get_by_text("is gekoppeld").wait_for()
    look(page, found)
    page.goto(f"{abroad.url}/account/logout/")
    page.get_by_role("button", name="Uitloggen").first.click()
    page.goto(f"{abroad.url}/account/login/")
    look(page, found)
    page.get_by_role("button", name="Inloggen met Entree Federatie").click()
    page.wait_for_url(f"{abroad.url}/")
    page.goto(f"{abroad.url}/profile/")
    page.get_by_role("button", name="Ontkoppelen").click()
    page.get_by_text("is ontkoppeld").wait_for()
    assert found == []


def test_a_refusal_says_what_to_do_without_scripts_too(abroad, provider, browser):
    provider.told = {"eduPersonAffiliation": "student"}
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{abroad.url}/account/login/")
    page.get_by_role("button", name="Inloggen met Entree Federatie").click()
    page.get_by_role("link", name="Verder naar Entree Federatie").click()
    page.get_by_text("van een leerling of student").wait_for()
    page.get_by_role("link", name="Inloggen met een code in je mail").click()
    page.wait_for_url(f"{abroad.url}/account/login/")
    context.close()


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1366, True)])
def test_every_page_on_the_way_looks_right(abroad, provider, visitor, width, dark):
    """The page that leads away is stopped at its one link; a refusal stands by itself."""
    found = []
    page = visitor(width=width, dark=dark)
    page.route("**/leave*.js", lambda route: route.abort())
    page.goto(f"{abroad.url}/account/login/")
    page.get_by_role("button", name="Inloggen met Entree Federatie").click()
    page.get_by_role("heading", name="Je gaat naar Entree Federatie").wait_for()
    look(page, found)
    provider.told = {"nlEduPersonHomeOrganizationId": None}
    page.get_by_role("link", name="Verder naar Entree Federatie").click()
    page.get_by_role("heading", name="Inloggen met Entree Federatie lukt niet").wait_for()
    look(page, found)
    assert found == []
