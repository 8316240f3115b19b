"""The board's page: what hangs there, in which words, at which price, and what one tap does without a script."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.tests.factories import sign_in
from leerkracht.boards.models import Action, Board, Note
from leerkracht.boards.queries import state as states
from leerkracht.boards.views import drawing

from .factories import a_board, a_member, a_school, a_team, an_operation, do, section_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    drawing.kept.clear()
    states.cache.clear()


@pytest.fixture
def board():
    return a_board(a_team(a_school(name="De Regenboog"), name="Bovenbouw"))


@pytest.fixture
def teacher(board, client):
    person = a_member(board.team, "Fatima Karimi")
    sign_in(client, person)
    return person


def url(name, board, *more):
    return reverse(f"boards:{name}", args=[board.pk, *more])


def add_action(board, by, text="Strookmodel voordoen", *, days=3, ago=0):
    now = timezone.now() - timedelta(days=ago)
    due = timezone.localdate(now) + timedelta(days=days)
    op = an_operation("action.add", id=uuid4(), text=text, owner=by.pk, due_date=due)
    do(board, by, op, now=now)
    return op.payload.id


def tap(client, board, what, **more):
    return client.post(url("operate", board), {"do": what, "operation": str(uuid4())} | more)


def test_a_late_action_says_so_in_words(client, board, teacher):
    add_action(board, teacher, days=1, ago=3)
    page = client.get(url("board", board)).content.decode()
    assert 'data-state="late"' in page
    assert '<span class="due" data-slot="due">was voor ' in page


def test_a_hidden_section_stays_away_with_its_place_in_the_switcher(client, board, teacher):
    do(board, teacher, an_operation("section.hide", id=section_of(board, "PARKED")))
    assert "Parkeerplaats" not in client.get(url("board", board)).content.decode()


@pytest.mark.parametrize(
    ("sector", "title"), [("PO", "Leerlingdoelen"), ("VO", "Leerlingdoelen"), ("MBO", "Studentdoelen")]
)
def test_goals_are_called_as_the_sector_calls_whom_it_teaches(client, sector, title):
    board = a_board(a_team(a_school(sector=sector)))
    sign_in(client, a_member(board.team))
    page = client.get(url("board", board)).content.decode()
    assert [word for word in ("Leerlingdoelen", "Studentdoelen") if word in page] == [title]


def test_an_empty_board_offers_ten_examples(client, board, teacher):
    page = client.get(url("board", board)).content.decode()
    assert page.count("data-example=") == 10


def test_a_reader_gets_no_keys(client, board, teacher):
    add_action(board, teacher)
    Board.objects.filter(pk=board.pk).update(archived_at=timezone.now())
    page = client.get(url("board", board)).content.decode()
    assert "data-more" not in page
    assert "Dit bord is opgeborgen" in page


def test_thirty_cards_ask_no_more_of_the_database_than_one(client, board, teacher):
    add_action(board, teacher, "Eén")
    counts = []
    for more in (0, 29):
        for number in range(more):
            add_action(board, teacher, f"Actie {number}")
        drawing.kept.clear()
        states.cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(url("board", board))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_cards_are_drawn_once_until_the_board_changes(client, board, teacher, monkeypatch):
    drawn = []
    real = drawing.render_to_string
    monkeypatch.setattr(drawing, "render_to_string", lambda name, context: drawn.append(name) or real(name, context))
    client.get(url("board", board))
    client.get(url("board", board))
    once = sorted(set(drawn))
    assert sorted(drawn) == once
    add_action(board, teacher)
    assert "Strookmodel voordoen" in client.get(url("board", board)).content.decode()
    assert sorted(drawn) == sorted(once * 2)


def test_a_hundred_cards_stay_within_the_budget_of_elements(client, board, teacher):
    for number in range(100):
        add_action(board, teacher, f"Actie {number}")
    page = client.get(url("board", board)).content.decode()
    section = page[page.index('id="section-actions"') : page.index('id="section-planning"')]
    assert section.count("<") - section.count("</") <= 1050


def test_done_then_a_success_then_taken_back_without_a_script(client, board, teacher):
    action = add_action(board, teacher)
    answer = tap(client, board, f"action.done/{action}")
    assert answer.url.startswith(f"{url('board', board)}?undo=")
    assert "Draai terug" in client.get(answer.url).content.decode()
    undo = answer.url.partition("?undo=")[2]
    tap(client, board, f"action.celebrate/{action}")
    assert Note.objects.get().text == "Strookmodel voordoen"
    tap(client, board, f"undo/{undo}")
    assert Action.objects.get().state == "OPEN"


def test_the_same_form_twice_is_one_change(client, board, teacher):
    action, number = add_action(board, teacher), str(uuid4())
    for _ in range(2):
        client.post(url("operate", board), {"do": f"action.carry/{action}", "operation": number})
    assert Action.objects.get().carried == 1


def parked():
    return list(Note.objects.filter(section__kind="PARKED").order_by("position").values_list("text", flat=True))


def test_cards_move_up_down_and_to_another_section(client, board, teacher):
    notes = []
    for text in ("een", "twee", "drie"):
        op = an_operation("note.add", id=uuid4(), section=section_of(board, "PARKED"), text=text)
        do(board, teacher, op)
        notes.append(op.payload.id)
    tap(client, board, f"card.move/{notes[2]}/up")
    assert parked() == ["een", "drie", "twee"]
    tap(client, board, f"card.move/{notes[0]}/down")
    assert parked() == ["drie", "een", "twee"]
    tap(client, board, f"card.move/{notes[0]}/{section_of(board, 'HELP')}")
    assert parked() == ["drie", "twee"]


def test_a_tap_that_cannot_be_read_is_a_bad_request_and_an_unknown_one_is_said(client, board, teacher):
    assert tap(client, board, "nonsense").status_code == 400
    answer = client.post(
        url("operate", board), {"do": f"action.done/{uuid4()}", "operation": str(uuid4())}, follow=True
    )
    assert "staat niet meer op dit bord" in answer.content.decode()


def test_where_a_tap_leads_back_to_is_never_another_host(client, board, teacher):
    answer = tap(client, board, f"action.done/{add_action(board, teacher)}", next="https://elders.example/")
    assert answer.url.startswith(url("board", board))


def test_the_team_leads_to_its_improvement_board(client, board, teacher):
    answer = client.get(reverse("boards:team", args=[board.team_id]))
    assert (answer.status_code, answer.url) == (302, url("board", board))


def test_paper_has_a_code_for_each_section_and_both_sizes(client, board, teacher):
    for size in ("a3", "a4"):
        page = client.get(url("print", board), {"size": size}).content.decode()
        assert (f'data-paper="{size}"' in page, page.count('class="segno"')) == (True, 7)
