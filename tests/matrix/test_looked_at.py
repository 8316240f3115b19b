"""Whoever sees people from outside their own circle, or takes a file along, leaves a line in the trail."""

from __future__ import annotations

import re

import pytest
from django.db import transaction

from leerkracht.accounts.models import AuditEntry

from . import expected
from .canaries import BY_SECRET, PEOPLE, planted
from .routes import HOT, send

pytestmark = pytest.mark.django_db
ROUTES = [route for method, route in expected.table() if method == "GET"]
# Who see people of places that they do not belong to.
OUTSIDERS = ("central", "administrator", "lead", "change_of_body", "expert_of_region", "expert", "expert_invited")
INSIDERS = ("member", "coach", "leader")
MAIL = re.compile(r"[\w.]+@[\w.]+\.(?:example|invalid)")
# Shows people to who stands outside, and leaves no line: each with its reason.
EXCEPTIONS = {
    **dict.fromkeys(BY_SECRET, "opens by a secret; shows who invites, or who may come in"),
    "hot:api/boards/state": "what the page of the board shows, again after a lost connection; the page left the line",
}


def looked(asker, who, route, **asked):
    """What one GET showed: words of other people, the file's name, and the acts that it left; all is taken back."""
    person = asker.world.persons[who]
    with transaction.atomic():
        data = (expected.posted("GET", route, asker.world) or {}) | asked
        response = send(asker, who, "GET", route, data)
        acts = set(AuditEntry.objects.filter(actor_id=str(person.pk)).values_list("act", flat=True))
        transaction.set_rollback(True)
    said = "" if response.streaming else response.content.decode("utf-8", "replace")
    said = said.replace(person.name, "").replace(person.email, "")
    shown = {word for word in planted(said) if word.partition(".")[2] in PEOPLE} | set(MAIL.findall(said))
    return shown if response.status_code == 200 else set(), response.headers.get("Content-Disposition", ""), acts


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.startswith(HOT)])
def test_a_page_with_people_of_others_leaves_a_line(asker, route):
    for who in OUTSIDERS:
        shown, file, acts = looked(asker, who, route)
        if shown and not file and route.partition("@")[0] not in EXCEPTIONS:
            assert "accounts.people_shown" in acts, f"{who} saw {sorted(shown)[:3]}"


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.startswith(HOT)])
def test_each_file_that_is_taken_along_leaves_a_line(asker, route):
    for who in (*OUTSIDERS, *INSIDERS):
        _shown, file, acts = looked(asker, who, route, export="csv")
        if file:
            assert "accounts.list_exported" in acts, f"{who} took {file}"


@pytest.mark.parametrize("route", ["organisations:school", "organisations:team", "boards:board"])
def test_the_own_circle_is_looked_at_without_a_line(asker, route):
    for who in INSIDERS:
        shown, _file, acts = looked(asker, who, route)
        assert (bool(shown), acts & {"accounts.people_shown"}) == (True, set()), who


def test_the_net_catches_something(asker):
    caught = {route for route in ROUTES if not route.startswith(HOT) and looked(asker, "central", route)[0]}
    assert caught >= {"organisations:school", "organisations:people", "organisations:contacts", "audit"}
    files = {
        route for route in ROUTES if not route.startswith(HOT) and looked(asker, "central", route, export="csv")[1]
    }
    assert files >= {"audit", "organisations:people", "organisations:contacts", "organisations:schools"}


def test_an_exception_is_still_one(asker):
    assert set(EXCEPTIONS) <= {route.partition("@")[0] for route in ROUTES}


# The lists of a board and a school that are short: they go along as a file all the same.
@pytest.mark.parametrize("route", ["boards:readers", "boards:devices", "boards:themes", "organisations:invitations"])
def test_short_lists_go_along_too(asker, route):
    for kind in ("csv", "xlsx"):
        _shown, file, acts = looked(asker, "coach", route, export=kind)
        assert file.endswith(f'.{kind}"')
        assert "accounts.list_exported" in acts
