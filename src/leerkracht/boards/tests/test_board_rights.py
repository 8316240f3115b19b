"""Who opens which page of a board: the expected answers are written by hand from the table of rights."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.tests.factories import sign_in
from leerkracht.boards.models import Board
from leerkracht.boards.services import setup
from leerkracht.organisations.models import Role

from .factories import NOW, a_board, a_member, a_role, a_school, a_team, an_operation, do

pytestmark = pytest.mark.django_db

WHO = ("teacher", "school_coach", "school_leader", "invited_coach", "uninvited_coach", "colleague", "outsider")
READ = (200, 200, 200, 200, 404, 404, 404)
EDIT_PAGE = (200, 200, 200, 403, 404, 404, 404)
# A form without content: who may, is told what is missing (400, 422) or sent on; who may not, hears nothing.
ROWS = {
    ("get", "board"): READ,
    ("get", "card-edit"): READ,
    ("get", "goal"): READ,
    ("get", "history"): READ,
    ("get", "archive"): READ,
    ("get", "export"): READ,
    ("get", "print"): READ,
    ("get", "card-new"): EDIT_PAGE,
    ("get", "layout"): EDIT_PAGE,
    ("get", "readers"): EDIT_PAGE,
    ("get", "new-year"): EDIT_PAGE,
    ("post", "operate"): (400, 400, 400, 403, 404, 404, 404),
    ("post", "card-new"): (422, 422, 422, 403, 404, 404, 404),
    ("post", "card-edit"): (422, 422, 422, 403, 404, 404, 404),
    ("post", "goal-measure"): (422, 422, 422, 403, 404, 404, 404),
    ("post", "goal-close"): (422, 422, 422, 403, 404, 404, 404),
    ("post", "new-year"): (400, 400, 400, 403, 404, 404, 404),
    ("post", "readers"): (422, 422, 422, 403, 404, 404, 404),
    ("get", "team"): (302, 302, 302, 302, 404, 404, 404),
    ("get", "themes"): (200, 200, 200, 404, 404, 200, 404),
    ("post", "themes"): (403, 422, 422, 404, 404, 403, 404),
}
# The implementation team's board: teachers of the school read, coaches and leaders write.
IMPLEMENTATION = {
    ("get", "board"): (200, 200, 200, 404, 404, 200, 404),
    ("get", "layout"): (403, 200, 200, 404, 404, 403, 404),
    ("post", "operate"): (403, 400, 400, 404, 404, 403, 404),
}


@pytest.fixture
def board():
    return a_board(a_team(a_school(), name="Bovenbouw"))


def somebody(who, board):
    if who in ("invited_coach", "uninvited_coach"):
        coach = a_role(Role.EXPERT_COACH, board.school)
        if who == "invited_coach":
            setup.invite_reader(board=board, person=coach, by=a_member(board.team), now=NOW)
        return coach
    return {
        "teacher": lambda: a_member(board.team),
        "school_coach": lambda: a_role(Role.SCHOOL_COACH, board.school),
        "school_leader": lambda: a_role(Role.SCHOOL_LEADER, board.school),
        "colleague": lambda: a_member(a_team(board.school)),
        "outsider": lambda: a_member(a_board().team),
    }[who]()


def address(name, board, goal):
    more = {
        "card-new": ["goal"], "card-edit": [goal], "goal": [goal], "goal-measure": [goal], "goal-close": [goal],
    }.get(name, [])  # fmt: skip
    first = {"team": board.team_id, "themes": board.school_id}.get(name, board.pk)
    return reverse(f"boards:{name}", args=[first, *more])


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("method", "name"), list(ROWS))
def test_who_opens_what(client, board, who, method, name):
    goal = an_operation("goal.add", id=uuid4(), text="Een doel")
    do(board, a_member(board.team), goal, now=timezone.now() - timedelta(minutes=1))
    person = somebody(who, board)
    sign_in(client, person)
    answer = getattr(client, method)(address(name, board, goal.payload.id))
    assert answer.status_code == ROWS[(method, name)][WHO.index(who)]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("method", "name"), list(IMPLEMENTATION))
def test_who_opens_the_board_of_the_implementation_team(client, board, who, method, name):
    person = somebody(who, board)
    own = Board.objects.get(school=board.school, kind=Board.Kind.IMPLEMENTATION)
    sign_in(client, person)
    answer = getattr(client, method)(reverse(f"boards:{name}", args=[own.pk]))
    assert answer.status_code == IMPLEMENTATION[(method, name)][WHO.index(who)]


def test_a_visitor_is_sent_to_sign_in(client, board):
    answer = client.get(reverse("boards:board", args=[board.pk]))
    assert (answer.status_code, answer.url.startswith(reverse("account_login"))) == (302, True)
