"""The past of a board: any day again, every change by name, the archive as a file, the turn of the year."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.tests.factories import sign_in
from leerkracht.boards.models import Action, Board, Note
from leerkracht.boards.queries.history import state_on
from leerkracht.boards.queries.state import state_of

from .factories import a_board, a_member, a_team, an_operation, do, section_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return a_board(a_team(name="Bovenbouw"))


@pytest.fixture
def teacher(board, client):
    person = a_member(board.team, "Fatima Karimi")
    sign_in(client, person)
    return person


def url(name, board, *more):
    return reverse(f"boards:{name}", args=[board.pk, *more])


def add_action(board, by, text, *, ago=0):
    now = timezone.now() - timedelta(days=ago)
    due = timezone.localdate(now) + timedelta(days=2)
    op = an_operation("action.add", id=uuid4(), text=text, owner=by.pk, due_date=due)
    do(board, by, op, now=now)
    return op


def test_the_board_of_a_day_is_what_hung_that_evening(client, board, teacher):
    Board.objects.filter(pk=board.pk).update(created_at=timezone.now() - timedelta(days=30))
    board.operations.update(applied_at=timezone.now() - timedelta(days=30))
    old = add_action(board, teacher, "Van vorige week", ago=7)
    do(board, teacher, an_operation("action.done", id=old.payload.id), now=timezone.now())
    add_action(board, teacher, "Van vandaag")
    day = timezone.localdate() - timedelta(days=6)
    page = client.get(url("history", board), {"on": day.isoformat()}).content.decode()
    assert ("Van vorige week" in page, "Van vandaag" in page) == (True, False)
    assert [a.state for a in state_on(board, day).action.values()] == ["OPEN"]
    assert 'name="do"' not in page


def test_the_board_of_today_folded_from_its_log_is_the_board(board, teacher):
    first = add_action(board, teacher, "Eén")
    do(board, teacher, an_operation("action.celebrate", id=first.payload.id, success=uuid4()), now=timezone.now())
    board.refresh_from_db()
    assert state_on(board, timezone.localdate()) == state_of(board)


def test_changes_name_who_and_what_and_can_be_taken_back(client, board, teacher):
    op = add_action(board, teacher, "Drie sommen")
    page = client.get(url("history", board)).content.decode()
    assert "Fatima Karimi" in page
    assert f'value="undo/{op.id}"' in page
    client.post(
        url("operate", board), {"do": f"undo/{op.id}", "operation": str(uuid4()), "next": url("history", board)}
    )
    assert not Action.objects.get().on_board
    after = client.get(url("history", board)).content.decode()
    assert (f'value="undo/{op.id}"' in after, "draaide iets terug" in after) == (False, True)


def test_a_day_that_cannot_be_read_shows_the_changes(client, board, teacher):
    assert client.get(url("history", board), {"on": "2026-99-99"}).status_code == 200
    assert client.get(url("history", board), {"before": "x"}).status_code == 200


def test_changes_ask_a_constant_number_of_queries(client, board, teacher):
    counts = []
    for more in (1, 12):
        for number in range(more):
            add_action(board, teacher, f"Actie {more}-{number}")
        with CaptureQueriesContext(connection) as asked:
            client.get(url("history", board))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_archive_finds_sorts_and_comes_along_as_a_file(client, board, teacher):
    for text in ("Breuken", "=1+1 rekenen"):
        op = add_action(board, teacher, text)
        do(board, teacher, an_operation("action.done", id=op.payload.id), now=timezone.now())
    add_action(board, teacher, "Nog open")
    found = client.get(url("archive", board), {"q": "breuk"}).context["rows"].object_list
    assert [row.text for row in found] == ["Breuken"]
    by_text = client.get(url("archive", board), {"sort": "text"}).context["rows"].object_list
    assert [row.text for row in by_text] == ["=1+1 rekenen", "Breuken"]
    sheet = client.get(url("export", board))
    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Datum;Soort;Tekst;Uitkomst;Wie;Erbij"
    assert any("'=1+1 rekenen" in line for line in lines[1:])
    assert "Nog open" not in sheet.content.decode()


def test_a_new_year_keeps_what_is_ticked_and_archives_the_rest(client, board, teacher):
    keep, leave = add_action(board, teacher, "Blijft"), add_action(board, teacher, "Gaat")
    note = an_operation("note.add", id=uuid4(), section=section_of(board, "PARKED"), text="Fietsenhok")
    do(board, teacher, note, now=timezone.now())
    page = client.get(url("new-year", board)).content.decode()
    assert all(text in page for text in ("Blijft", "Gaat", "Fietsenhok"))
    client.post(url("new-year", board), {"operation": str(uuid4()), "keep": [str(keep.payload.id)]})
    assert dict(Action.objects.values_list("text", "on_board")) == {"Blijft": True, "Gaat": False}
    assert (Note.objects.get().on_board, leave.payload.text) == (False, "Gaat")
