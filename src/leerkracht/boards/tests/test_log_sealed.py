"""The log of a board is sealed after the fact, and can forget what was said."""

import hashlib
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps

from leerkracht.accounts.queries import chain
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services import sealing
from leerkracht.boards.models import Operation
from leerkracht.boards.queries.history import state_on, weeks_of
from leerkracht.boards.services.log import STREAM

from .factories import NOW, TODAY, a_board, a_member, an_operation, do

pytestmark = pytest.mark.django_db


def a_line():
    board = a_board()
    member = a_member(board.team)
    op = an_operation("action.add", id=uuid4(), text="Drie sommen kiezen", owner=member.pk, due_date=TODAY)
    do(board, member, op)
    return board, Operation.objects.get(pk=op.id)


@pytest.mark.parametrize("column", ["payload", "changes", "actor_id", "kind", "seq", "applied_at", "session_id"])
def test_a_sealed_line_cannot_change_unseen(column):
    _board, line = a_line()
    sealing.seal_all(now=NOW)
    assert chain.verify(anchored=None).holds
    new = {"payload": b"{}", "changes": b"[]", "seq": 99, "applied_at": NOW.replace(year=2020), "session_id": uuid4()}
    Operation.objects.filter(pk=line.pk).update(**{column: new.get(column, "x")})
    assert not chain.verify(anchored=None).holds


def test_what_a_line_said_is_forgotten_and_the_board_still_reads():
    board, line = a_line()
    assert sealing.forget_content(stream=STREAM, keys=[line.pk], by=THE_SYSTEM, now=NOW) == 1
    line.refresh_from_db()
    assert (bytes(line.payload), bytes(line.changes), bytes(line.salt), line.kind) == (b"", b"", b"", "action.add")
    sealing.seal_all(now=NOW)
    assert chain.verify(anchored=None).holds
    assert state_on(board, TODAY).rows("action") == {}
    assert [view.text for week in weeks_of(board, final=frozenset(), now=NOW) for view in week.lines] == [""]


def test_lines_from_before_there_were_seals_are_sealed_as_they_stand():
    _board, line = a_line()
    old = hashlib.sha256(bytes(line.salt) + bytes(line.payload)).digest()  # did not cover the changes
    Operation.objects.filter(pk=line.pk).update(digest=old)
    import_module("leerkracht.boards.migrations.0003_digests_anew").forget_old_digests(apps, None)
    sealing.seal_all(now=NOW)
    assert chain.verify(anchored=None).holds
    Operation.objects.filter(pk=line.pk).update(changes=b"[]")
    assert not chain.verify(anchored=None).holds
