"""The log and its tables: applied once, refused in words, undone where nothing changed since."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from leerkracht.boards.models import Action, Board, Goal, Note, Operation
from leerkracht.boards.queries import state as states
from leerkracht.boards.rules.entities import BoardState
from leerkracht.boards.rules.fold import fold

from .factories import NOW, TODAY, a_board, a_member, an_operation, do, section_of

pytestmark = pytest.mark.django_db


def a_ready_goal(**fields):
    defaults = {
        "id": uuid4(),
        "text": "Acht van de tien leerlingen rekenen een redactiesom in stappen uit",
        "measure": "weektoets",
        "baseline": 62.0,
        "target": 80.0,
        "start_date": TODAY,
        "end_date": TODAY + timedelta(weeks=5),
    }
    return an_operation("goal.add", **(defaults | fields))


def test_an_action_lands_in_log_and_table_with_one_number():
    board = a_board()
    member = a_member(board.team)
    op = an_operation("action.add", id=uuid4(), text="Drie sommen kiezen", owner=member.pk, due_date=TODAY)
    (result,) = do(board, member, op)
    line = Operation.objects.get(pk=op.id)
    assert (result.status, result.seq, line.seq) == ("APPLIED", 2, 2)
    assert Action.objects.get().text == "Drie sommen kiezen"


def test_the_same_operation_twice_is_applied_once():
    board = a_board()
    member = a_member(board.team)
    op = an_operation("action.add", id=uuid4(), text="Eén keer", owner=member.pk, due_date=TODAY)
    first, again = do(board, member, op, op)
    (later,) = do(board, member, op)
    assert [first.status, again.status, later.status] == ["APPLIED", "ALREADY_APPLIED", "ALREADY_APPLIED"]
    assert (again.seq, later.seq, Action.objects.count()) == (first.seq, first.seq, 1)


def test_a_refused_operation_leaves_no_trace_and_does_not_stop_the_next():
    board = a_board()
    member, outsider = a_member(board.team), a_member(a_board().team)
    bad = an_operation("action.add", id=uuid4(), text="Van een ander", owner=outsider.pk, due_date=TODAY)
    good = an_operation("action.add", id=uuid4(), text="Van ons", owner=member.pk, due_date=TODAY)
    refused, applied = do(board, member, bad, good)
    assert (refused.status, refused.refusal.code, applied.status) == ("REFUSED", "not_a_member", "APPLIED")
    assert list(Action.objects.values_list("text", flat=True)) == ["Van ons"]


def test_a_goal_without_a_measure_stays_a_draft():
    board = a_board()
    member = a_member(board.team)
    vague = a_ready_goal(measure="")
    added, placed = do(board, member, vague, an_operation("goal.place", id=vague.payload.id))
    assert (added.status, placed.refusal.code) == ("APPLIED", "goal_not_measurable")
    assert Goal.objects.get().state == "DRAFT"


def test_a_fourth_goal_on_the_board_warns():
    board = a_board()
    member = a_member(board.team)
    goals = [a_ready_goal() for _ in range(4)]
    do(board, member, *goals)
    results = do(board, member, *[an_operation("goal.place", id=g.payload.id) for g in goals])
    assert [[c.code for c in r.cautions] for r in results] == [[], [], [], ["many_goals"]]


def test_done_in_one_tap_becomes_a_success_once():
    board = a_board()
    member = a_member(board.team)
    action = an_operation("action.add", id=uuid4(), text="Strookmodel voordoen", owner=member.pk, due_date=TODAY)
    celebrate = [an_operation("action.celebrate", id=action.payload.id, success=uuid4()) for _ in range(2)]
    do(board, member, action, *celebrate)
    assert Action.objects.get().state == "DONE"
    assert [(n.text, n.person_id) for n in Note.objects.all()] == [("Strookmodel voordoen", member.pk)]


def test_the_third_carry_asks_whether_it_is_worth_it():
    board = a_board()
    member = a_member(board.team)
    action = an_operation("action.add", id=uuid4(), text="Schuift door", owner=member.pk, due_date=TODAY)
    carry = [an_operation("action.carry", id=action.payload.id, due_date=TODAY + timedelta(days=7)) for _ in range(3)]
    results = do(board, member, action, *carry)
    assert [[c.code for c in r.cautions] for r in results] == [[], [], [], ["carried_often"]]


def test_undo_gives_back_what_was_and_refuses_after_a_later_change():
    board = a_board()
    member = a_member(board.team)
    action = an_operation("action.add", id=uuid4(), text="Eerst", owner=member.pk, due_date=TODAY)
    edit = an_operation("action.edit", id=action.payload.id, text="Daarna")
    do(board, member, action, edit)
    (undone,) = do(board, member, an_operation("undo", operation=edit.id))
    assert (undone.status, Action.objects.get().text) == ("APPLIED", "Eerst")
    (again,) = do(board, member, an_operation("undo", operation=edit.id))
    assert (again.status, again.refusal.code) == ("REFUSED", "changed_since")


def test_undo_brings_a_removed_card_back_after_the_memory_is_gone():
    board = a_board()
    member = a_member(board.team)
    note = an_operation("note.add", id=uuid4(), section=section_of(board, "PARKED"), text="Fietsenhok")
    remove = an_operation("note.remove", id=note.payload.id)
    do(board, member, note, remove)
    states.cache.clear()
    (undone,) = do(board, member, an_operation("undo", operation=remove.id))
    assert (undone.status, Note.objects.get().on_board) == ("APPLIED", True)


def test_the_log_folds_to_the_same_state_as_the_tables():
    board = a_board()
    member = a_member(board.team)
    goal = a_ready_goal()
    action = an_operation(
        "action.add", id=uuid4(), text="Kiezen", owner=member.pk, due_date=TODAY, goal=goal.payload.id
    )
    session = uuid4()
    do(
        board,
        member,
        goal,
        an_operation("goal.place", id=goal.payload.id),
        action,
        an_operation("session.start", id=session, leader=member.pk, present=(member.pk,)),
        an_operation("session.step", id=session, step="ACTIONS"),
        an_operation("action.celebrate", id=action.payload.id, success=uuid4()),
        an_operation("goal.measure", id=uuid4(), goal=goal.payload.id, date=TODAY, value=70.0),
    )
    states.cache.clear()
    board.refresh_from_db()
    loaded = states.state_of(board)
    replayed = BoardState()
    for line in Operation.objects.filter(board=board).order_by("seq"):
        fold(replayed, states.changes_of(line), seq=line.seq)
    assert replayed == loaded


def test_a_session_that_was_left_running_yesterday_makes_place():
    board = a_board()
    member = a_member(board.team)
    old, new = uuid4(), uuid4()
    do(board, member, an_operation("session.start", id=old), now=NOW - timedelta(days=1))
    (started,) = do(board, member, an_operation("session.start", id=new))
    assert started.status == "APPLIED"
    assert {(s.pk, s.state) for s in board.sessions.all()} == {(old, "CLOSED"), (new, "RUNNING")}


def test_closing_clears_what_the_session_dealt_with_and_undo_brings_it_back():
    board = a_board()
    member = a_member(board.team)
    action = an_operation("action.add", id=uuid4(), text="Klaar", owner=member.pk, due_date=TODAY)
    session = uuid4()
    close = an_operation("session.close", id=session, next_date=TODAY + timedelta(days=7))
    done = an_operation("action.done", id=action.payload.id)
    do(board, member, action, an_operation("session.start", id=session), done, close)
    assert not Action.objects.get().on_board
    (undone,) = do(board, member, an_operation("undo", operation=close.id))
    assert undone.status == "APPLIED"
    assert (Action.objects.get().on_board, board.sessions.get().state) == (True, "RUNNING")


def test_an_archived_board_refuses_every_change():
    board = a_board()
    member = a_member(board.team)
    Board.objects.filter(pk=board.pk).update(archived_at=timezone.now())
    (result,) = do(board, member, a_ready_goal())
    assert result.refusal.code == "archived"
