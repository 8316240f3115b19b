"""What somebody tries with our own pages: other methods, parts of pages, other sites, formulas and scripts."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.test.client import ClientHandler
from django.utils import timezone

from leerkracht.boards.models import Action, Board
from leerkracht.boards.tests.factories import an_operation, do
from leerkracht.config.views import demo, demo_mail, demo_sign_in

from . import canaries, expected
from .people import EVERYBODY
from .routes import HOT, django_routes, heard, send
from .test_matrix import TABLE

pytestmark = pytest.mark.django_db
PAGES = sorted(name for method, name in TABLE if method == "GET" and not name.startswith(HOT))
FORMS = sorted(name for method, name in TABLE if method == "POST" and not name.startswith(HOT))


# Methods and parts of pages


@pytest.mark.parametrize("name", PAGES)
def test_no_other_method_gets_further_than_asking_the_page(asker, name):
    for who in ("visitor", "colleague", "researcher", "guest_elsewhere", "central_half"):
        for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"):
            response = send(asker, who, method, name)
            only_methods = method == "OPTIONS" and not response.content
            assert heard(response) in (TABLE["GET", name][who], "405") or only_methods, method


@pytest.mark.parametrize("name", PAGES)
def test_a_part_of_a_page_needs_the_rights_of_the_whole(asker, name):
    for who in ("visitor", "colleague", "expert", "editor", "device_elsewhere"):
        for query in ({}, {"part": "stage"}, {"export": "csv"}, {"q": "Kanarie"}):
            response = send(asker, who, "GET", name, query, HTTP_HX_REQUEST="true")
            assert heard(response) == TABLE["GET", name][who]
            assert canaries.leaked(who, name, response.content.decode("utf-8", "replace")) == []


# A language is no secret and is chosen on pages without a token; a browser reports by itself, and only a count is kept.
WITHOUT_TOKEN = {"core:language", "core:policy-reports"}


@pytest.mark.parametrize("name", [name for name in FORMS if name not in WITHOUT_TOKEN])
def test_a_form_of_another_site_is_refused(asker, name):
    strict = ClientHandler(enforce_csrf_checks=True)
    ours, asker.handler = asker.handler, strict
    try:
        got = {who: send(asker, who, "POST", name, {"x": "1"}).status_code for who in ("coach", "device", "visitor")}
    finally:
        asker.handler = ours
    assert {who: status for who, status in got.items() if status not in (302, 403, 404, 405)} == {}
    sent_on = [who for who, status in got.items() if status == 302]
    assert [who for who in sent_on if TABLE["POST", name][who] not in ("login", "second_factor")] == []


# Where one is sent


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "///evil.example",
     "javascript:alert(1)", "http:evil.example", "https:/evil.example", "\t//evil.example", "//evil.example?undo=1"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("who", "method", "name"),
    [
        ("visitor", "POST", "core:language"),
        ("coach", "POST", "organisations:hat-switch"),
        ("member", "POST", "boards:operate"),
        ("member", "POST", "boards:session-do"),
        ("device", "POST", "boards:session-check-in"),
        ("central", "GET", "accounts:second-factor"),
        ("coach", "GET", "account_login"),
        ("coach", "POST", "account_logout"),
    ],
)
def test_nobody_is_sent_to_another_site(asker, who, method, name, target):
    data = {
        "next": target,
        "language": "nl",
        "do": f"action.done/{asker.world.places['own'].action}",
        "operation": uuid4(),
    }
    location = send(asker, who, method, name, data | {"mood": "happy"}).headers.get("Location", "/")
    assert location.startswith(("/", "?", "#"))
    assert not location.startswith(("//", "/\\"))


def test_a_made_up_host_is_refused(asker):
    for name in ("home", "account_login", "boards:wall", "core:gallery"):
        assert send(asker, "device", "GET", name, HTTP_HOST="evil.example").status_code == 400


# What is written down


def test_no_file_holds_a_formula_and_no_page_a_script(asker, world):
    own, evil = world.places["own"], '=HYPERLINK("https://evil.example")<script>alert(1)</script>'
    now = timezone.now()
    soon = timezone.localdate() + timedelta(days=3)
    action = uuid4()
    for text in (evil, f"  {evil}", f"+{evil}", f"-{evil}", f"@{evil}", f"\t{evil}"):
        add = an_operation("action.add", id=uuid4(), text=text, owner=own.member.pk, due_date=soon)
        do(own.board, own.member, add, now=now)
    do(own.board, own.member, an_operation("session.round_off", id=own.running, top=evil, tip=f"-{evil}"), now=now)
    do(
        own.board,
        own.member,
        an_operation("action.add", id=action, text=evil, owner=own.member.pk, due_date=soon),
        now=now,
    )
    do(
        own.board,
        own.member,
        *(an_operation("action.done", id=a.pk) for a in Action.objects.filter(board=own.board)),
        now=now,
    )
    do(own.board, own.member, an_operation("session.close", id=own.running), now=now)
    for name, query in (
        ("boards:export", {}),
        ("boards:archive", {"export": "csv"}),
        ("boards:records", {"export": "csv"}),
    ):
        text = send(asker, "member", "GET", name, query).content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
        assert "evil" in text
        assert [cell for cell in cells if cell.lstrip()[:1] in "=+@\t\r" and cell.strip()] == []
        assert [cell for cell in cells if cell.startswith("-") and "evil" in cell] == []
    for name in ("boards:board", "boards:archive", "boards:records", "boards:history", "boards:print", "boards:wall"):
        assert "<script>alert" not in send(asker, "member", "GET", name).content.decode()


def test_the_doors_of_the_demonstration_do_not_exist_outside_it(asker, rf):
    assert [name for name in django_routes() if name.startswith("demo")] == []
    for path in ("/demo/", "/demo/mail/", f"/demo/as/{asker.world.persons['central'].pk}/"):
        for method in ("GET", "POST"):
            assert asker.plain(method, path, {}).status_code == 404
    for view in (demo, demo_mail, demo_sign_in):
        with pytest.raises(Http404):
            view(rf.post("/demo/"))


def test_everybody_of_the_table_is_somebody(asker):
    assert set(asker.world.cookies) >= set(EVERYBODY)
    assert Board.objects.count() > 10
    assert expected.table() == TABLE
