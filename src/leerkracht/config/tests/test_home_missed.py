"""Whoever was away reads five lines at home; whoever was there does not."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from leerkracht.boards.tests.factories import a_board, a_member, an_operation, do

pytestmark = pytest.mark.django_db


def home_of(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get("/").content.decode()


def test_only_the_absent_read_what_happened():
    board = a_board()
    there, away = a_member(board.team, "Anna Aanwezig"), a_member(board.team, "Wim Weg")
    session, now = uuid4(), timezone.now()
    start = an_operation("session.start", id=session, leader=there.pk, present=(there.pk,))
    action = an_operation("action.add", id=uuid4(), text="Sommen kiezen", owner=away.pk, due_date=timezone.localdate())
    do(board, there, start, action, an_operation("session.close", id=session), now=now)
    assert ("Je was er niet bij" in home_of(away), "Je was er niet bij" in home_of(there)) == (True, False)
    assert home_of(away).count("Sommen kiezen") == 2  # among the own actions, and in what was missed
