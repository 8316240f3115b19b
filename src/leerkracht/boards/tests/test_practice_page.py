"""A practice board begins again at one tap; a team's own board never does."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leerkracht.boards.models import Board
from leerkracht.boards.queries.state import state_of
from leerkracht.organisations.models import Role, Team
from leerkracht.organisations.services.teams import TeamPlan, add_team

from .factories import a_board, a_member, a_role, a_school, an_operation, do, section_of

pytestmark = pytest.mark.django_db


def on_board(board):
    board.refresh_from_db()
    state = state_of(board)
    return sum(card.on_board for name in ("goal", "action", "note") for card in state.rows(name).values())


def reset(board, person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("boards:board", args=[board.pk])).content.decode()
    address = reverse("boards:practice-reset", args=[board.pk])
    form = page.partition(f'action="{address}"')[2]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    return client.post(address, {"csrfmiddlewaretoken": token[1] if token else ""}).status_code


def test_a_new_team_finds_a_practice_board_that_hangs_full():
    coach = a_role(Role.SCHOOL_COACH, a_school())
    school = coach.roles.get().school
    team = add_team(school=school, plan=TeamPlan("Bovenbouw", Team.Kind.UNIT), by=coach, now=timezone.now())
    counts = {board.kind: on_board(board) for board in Board.objects.filter(team=team)}
    assert counts["PRACTICE"] > 10
    assert (counts["IMPROVEMENT"], counts["ORGANISATIONAL"]) == (0, 0)


def test_beginning_again_fills_the_practice_board_and_leaves_the_real_one():
    practice = a_board(kind="PRACTICE")
    member = a_member(practice.team)
    assert (reset(practice, member), on_board(practice) > 10) == (302, True)
    before = on_board(practice)
    assert (reset(practice, member), on_board(practice)) == (302, before)


def test_a_real_board_is_never_wiped():
    board = a_board()
    member = a_member(board.team)
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    do(board, member, an_operation("note.add", id=uuid4(), section=section_of(board, "PARKED"), text="Blijft hangen"))
    answer = client.post(reverse("boards:practice-reset", args=[board.pk]), follow=True)
    assert "Dit is geen oefenbord." in answer.content.decode()
    assert on_board(board) == 1
