"""From the national register to a session at a real school: administrator → central team → school coach → team."""

import base64
import hashlib
import hmac
import re
import struct
import time
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import World, start_world

REGISTER = (
    Path(__file__).resolve().parents[3]
    / "shared/data/duo-bo-locations-2026-04/02.-alle-schoolvestigingen-basisonderwijs.csv"
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not REGISTER.exists(), reason="the national list of schools is not beside the project"),
]
SCHOOL = "Kindcentrum De Wegwijzer"


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    yield from start_world(tmp_path_factory.mktemp("country"), "--register", str(REGISTER))


def app_code(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238, six digits, thirty seconds)."""
    key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def mailed(world: World, address: str, pattern: str, patience: float = 20) -> str:
    """What ``pattern`` finds in the newest mail to ``address``; waits for it, since a worker sends codes."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := _newest(world, address, pattern):
            return found
        time.sleep(0.2)
    raise AssertionError(f"no mail to {address} with {pattern}")


def _newest(world: World, address: str, pattern: str) -> str | None:
    mails = sorted((world.home / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in mails:
        for raw in path.read_bytes().split(b"\n" + b"-" * 79):
            mail = message_from_bytes(raw.strip(), policy=policy.default)
            if address in str(mail["To"]):
                found = re.search(pattern, mail.get_body(("plain",)).get_content())
                if found:
                    return found[0]
    return None


def accept_by_mail(page: Page, world: World, address: str) -> None:
    page.goto(mailed(world, address, r"http://\S+/invitation/\S+/"))
    page.get_by_role("button", name="Doe mee").click()


def link_an_app(page: Page) -> None:
    """Set up the second factor that this role asks for."""
    if page.get_by_role("link", name=re.compile("app", re.I)).count():
        page.get_by_role("link", name=re.compile("app", re.I)).first.click()
    page.get_by_text("Scannen lukt niet").click()
    secret = re.search(r"\b[A-Z2-7]{16,}\b", page.locator("main").inner_html())[0]
    page.get_by_label(re.compile("code", re.I)).last.fill(app_code(secret))
    page.get_by_role("button", name="App koppelen").click()


def invite(page: Page, name: str, address: str, role: str) -> None:
    """Fill in the invitation that is open, and send it."""
    page.get_by_label("Naam").fill(name)
    page.get_by_label(re.compile("mail", re.I)).fill(address)
    if page.get_by_label(role).count():
        page.get_by_label(role).check()
    page.get_by_role("button", name="Uitnodiging sturen").click()


def find_school(page: Page, world: World) -> None:
    page.goto(f"{world.url}/schools/?q=wegwijzer+exloermond")
    page.get_by_role("link", name=SCHOOL).first.click()


def make_team(page: Page) -> str:
    """Make a team on the school's page and return the address behind its QR."""
    page.get_by_role("link", name="Team maken").first.click()
    page.get_by_label("Naam van het team").fill("Middenbouw")
    page.get_by_role("button", name="Team maken").click()
    page.get_by_role("button", name="Code maken").click()
    page.wait_for_url(re.compile("/qr/"))
    return re.search(r"http://[^\s\"<]+/invitation/[^\s\"<]+/", page.content())[0]


def join_by_qr(page: Page, world: World, invitation: str) -> None:
    page.goto(invitation)
    page.get_by_label("Hoe heet je?").fill("Tessa Klapstoel")
    page.get_by_label(re.compile("mail", re.I)).fill("tessa@voorbeeld.invalid")
    page.get_by_role("button", name="Doe mee").click()
    expect(page.get_by_label(re.compile("code", re.I)).first).to_be_visible()
    code = mailed(world, "tessa@voorbeeld.invalid", r"\b\d{4}-\d{4}\b")
    page.get_by_label(re.compile("code", re.I)).first.fill(code)
    page.get_by_role("button").filter(has_text=re.compile("Inloggen|Verder|Log in|Doe mee|Klopt")).first.click()
    expect(page.locator("body")).to_contain_text("Middenbouw")


def test_a_school_of_the_register_holds_its_first_session(country, visitor):
    administrator, central, coach = visitor(), visitor(), visitor()
    teacher = visitor(width=390, height=844)
    administrator.goto(f"{country.url}/demo/")
    administrator.get_by_role("button", name="Ada Sleutelbos").first.click()
    administrator.goto(f"{country.url}/people/invite/")
    invite(administrator, "Cora Kaart", "cora@voorbeeld.invalid", "Centraal team")

    accept_by_mail(central, country, "cora@voorbeeld.invalid")
    link_an_app(central)
    find_school(central, country)
    central.get_by_role("link", name=re.compile("uitnodigen", re.I)).first.click()
    invite(central, "Siem Krukas", "siem@voorbeeld.invalid", "Schoolcoach")

    accept_by_mail(coach, country, "siem@voorbeeld.invalid")
    find_school(coach, country)
    join_by_qr(teacher, country, make_team(coach))

    teacher.goto(country.url)
    teacher.get_by_role("link", name="Bord openen").first.click()
    teacher.get_by_role("link", name="Bordsessie starten").first.click()
    teacher.get_by_role("button", name="Start de bordsessie").click()
    teacher.wait_for_url(re.compile("/session/$"))
    board = re.search(r"/boards/\d+/", teacher.url)[0]
    coach.goto(f"{country.url}{board}session/")
    for step in ("Successen", "Doelen", "Acties", "Planning", "Afronden"):
        coach.get_by_role("button", name=f"Naar {step}").click()
        expect(coach.get_by_role("heading", name=step, exact=True).first).to_be_visible()
    coach.get_by_role("button", name="Rond af").click()
    coach.wait_for_url(re.compile("/records?/"))
    expect(coach.locator("main")).to_contain_text("Tessa")
