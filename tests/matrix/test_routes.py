"""No route is missing from the table and none is superfluous; every open door says why, and stands in a list."""

import pytest

from leerkracht.accounts.middleware import is_public
from leerkracht.organisations.models import Role

from . import expected, people, routes

# By hand: what a visitor may knock at. A view that opens itself without standing here is a mistake, and the reverse.
OPEN = {
    "home",
    "core:language",
    "core:gallery",
    "core:policy-reports",
    "core:security-txt",
    "core:alive",
    "core:ready",
    "accounts:one-time-link",
    "accounts:federation-start",
    "accounts:federation-back",
    "organisations:invitation",
    "boards:openapi",
    "boards:session",
    "boards:session-start",
    "boards:session-do",
    "boards:session-check-in",
    "boards:session-close",
    "boards:session-skip",
    "boards:session-plan",
    "boards:wall",
    "boards:phone",
    "boards:join-code",
    "boards:join-goodbye",
    "boards:join",
    "boards:device-open",
}


def test_no_route_is_missing_and_none_is_superfluous():
    rows = {(method, name.partition("@")[0]) for method, name in expected.table()}
    assert {"without a row": routes.all_routes() - rows, "without a route": rows - routes.all_routes()} == {
        "without a row": set(),
        "without a route": set(),
    }


def test_every_open_page_stands_in_the_list_and_says_why():
    found = {name: address.view for name, address in routes.django_routes().items() if is_public(address.view)}
    assert set(found) == OPEN
    assert [name for name, view in found.items() if len(view.is_public.split()) < 4] == []


def test_a_page_of_the_product_is_never_taken_for_one_of_the_sign_in_library():
    ours = [
        name for name, address in routes.django_routes().items() if address.view.__module__.startswith("leerkracht")
    ]
    assert [name for name in ours if name.rpartition(":")[2].startswith(routes.LIBRARY)] == []


def test_every_role_stands_in_the_matrix():
    named = {*people.AT_A_SCHOOL, *people.AT_A_BODY, *people.EVERYWHERE, Role.TEACHER}
    assert named == set(Role)


@pytest.mark.parametrize("path", ["/api/boards/{}/operations", "/api/boards/{}/check-in", "/live/boards/{}"])
def test_django_does_not_know_the_hot_paths(client, db, path):
    assert client.get(path.format(1)).status_code in (302, 404)
