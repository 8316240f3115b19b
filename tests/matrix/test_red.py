"""The matrix sees it when a check is gone: a test that cannot fail holds nothing."""

import pytest
from django.db.models import Q

from leerkracht.accounts import middleware
from leerkracht.boards import permissions as board_permissions
from leerkracht.boards.queries import actors, boards
from leerkracht.boards.queries import themes as theme_queries
from leerkracht.config.views import audit
from leerkracht.organisations.queries import people, places

from . import canaries, expected
from .people import EVERYBODY
from .test_matrix import TABLE, deviations

pytestmark = pytest.mark.django_db


def everything(*_, **__):
    return Q()


def gone_from_editing_boards(monkeypatch):
    ask = board_permissions.reachable
    monkeypatch.setattr(board_permissions, "reachable", lambda person, action, on: ask(person, "view", on))
    monkeypatch.setattr(boards, "_QUESTIONS", {action: boards._question(action) for action in ("view", "edit")})


def gone_from_the_wall(monkeypatch):
    actor_of_wall = actors._as_device
    monkeypatch.setattr(
        actors,
        "_WAYS",
        actors._WAYS | {"DEVICE": lambda caller, board, action, now: _any_wall(actor_of_wall, caller, now)},
    )


def _any_wall(find, caller, now):
    """What would happen if a wall's token were not asked which board it is of."""
    for board in boards.Board.objects.order_by("-pk"):
        try:
            return find(caller, board.pk, "edit", now)
        except actors.Http404:
            continue
    raise actors.Http404


def gone(module, name, instead=everything):
    return lambda monkeypatch: monkeypatch.setattr(module, name, instead)


@pytest.mark.parametrize(
    ("remove", "route", "who"),
    [
        (gone(boards, "may", lambda *_: True), ("GET", "boards:board"), "teacher_elsewhere"),
        (gone(boards, "may", lambda *_: True), ("POST", "hot:api/boards/operations"), "nobody"),
        (gone_from_editing_boards, ("POST", "boards:operate"), "expert_invited"),
        (gone_from_the_wall, ("GET", "boards:wall"), "device_elsewhere"),
        (gone(board_permissions, "themed_schools"), ("POST", "boards:themes"), "lead"),
        (gone(places, "reachable_teams"), ("GET", "organisations:team"), "colleague"),
        (gone(places, "reachable_schools"), ("POST", "organisations:team-add"), "researcher"),
        (gone(places, "may_hand_out", lambda *_, **__: True), ("POST", "organisations:role-end"), "member"),
        (gone(people, "works_for_the_foundation", lambda *_: True), ("GET", "organisations:people"), "editor"),
        (gone(audit, "reads_the_trail", lambda *_: True), ("GET", "audit"), "fund"),
        (gone(middleware, "is_public", lambda _: True), ("GET", "accounts:second-factor"), "visitor"),
        (gone(middleware, "is_verified", lambda *_: True), ("GET", "organisations:people"), "central_half"),
    ],
)
def test_a_check_that_is_gone_turns_the_matrix_red(asker, monkeypatch, remove, route, who):
    data = expected.posted(*route, asker.world)
    before = asker.ask(who, *route, data)
    remove(monkeypatch)
    asker.handler._middleware_chain = None  # the middleware may be what was changed
    after = {name: _heard(asker, name, route, data) for name in EVERYBODY}
    monkeypatch.undo()
    asker.handler._middleware_chain = None
    assert before == TABLE[route][who]
    assert who in [line.partition(":")[0] for line in deviations(after, TABLE[route])]


def _heard(asker, who, route, data):
    try:
        return asker.ask(who, *route, data)
    except AttributeError:  # a view met somebody it never expects: loud enough
        return "500"


def test_a_leak_is_found_by_its_canary(asker, monkeypatch):
    asker.ask("member", "GET", "boards:themes")
    assert canaries.leaked("member", "boards:themes", asker.said) == []
    monkeypatch.setattr(theme_queries, "reachable_teams", everything)
    asker.ask("member", "GET", "boards:themes")
    assert canaries.leaked("member", "boards:themes", asker.said) == ["other.team"]
