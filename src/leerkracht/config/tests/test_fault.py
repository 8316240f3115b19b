"""The trial itself: it must see what it is meant to see, and touch nothing but its own."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from leerkracht.boards.models import Note, Operation
from leerkracht.boards.tests.factories import a_board, a_member, a_person, an_operation, do, section_of
from leerkracht.config.fault import board as trial
from leerkracht.config.fault.check import differences, verdict

pytestmark = pytest.mark.django_db


def a_board_with_notes(count=2):
    board = a_board()
    section = section_of(board, "PARKED")
    notes = [an_operation("note.add", id=uuid4(), section=section, text="Kaart") for _ in range(count)]
    do(board, a_member(board.team), *notes)
    return board, [str(note.id) for note in notes]


def told(*ids, answers):
    return {"ids": list(ids), "answers": answers}


def test_a_clean_story_is_ok():
    board, (one, two) = a_board_with_notes()
    journal = [told(one, answers=[["APPLIED", 2]]), told(two, answers=[["ALREADY_APPLIED", 3], ["ALREADY_APPLIED", 3]])]
    found = verdict(board.pk, [*journal, told(str(uuid4()), answers=[["REFUSED", None]])])
    assert (found.acknowledged, found.refused, found.is_ok) == (2, 1, True)


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        ([["APPLIED", 2], ["REFUSED", None]], "mixed"),
        ([["APPLIED", 2], ["APPLIED", 2]], "mixed"),
        ([["APPLIED", 2], ["ALREADY_APPLIED", 3]], "mixed"),
        ([["APPLIED", 9]], "mixed"),
        ([["REFUSED", None]], "mixed"),
    ],
)
def test_answers_that_contradict_are_counted(answers, counts):
    board, (one, _two) = a_board_with_notes()
    found = verdict(board.pk, [told(one, answers=answers)])
    assert (getattr(found, counts), found.is_ok) == (1, False)


def test_a_lost_and_a_double_operation_are_counted():
    board, (one, two) = a_board_with_notes()
    lost = told(str(uuid4()), answers=[["APPLIED", 4]])
    double = told(one, two, answers=[["APPLIED", 3]])
    found = verdict(board.pk, [lost, double])
    assert (found.lost, found.double, found.is_ok) == (1, 1, False)


def test_a_table_that_says_something_else_than_the_log_is_seen():
    board, _ids = a_board_with_notes()
    assert differences(board.pk) == []
    Note.objects.filter(board=board).update(text="Buiten het log om")
    assert differences(board.pk) == ["note: the log says 2 rows, the table has 2 or others"]


def test_a_hole_in_the_log_is_seen():
    board, (one, _two) = a_board_with_notes()
    Operation.objects.filter(pk=one).delete()
    assert differences(board.pk)[0] == "the log has 2 lines, the board counts 3"


def test_a_trial_never_touches_people():
    a_person()
    with pytest.raises(CommandError, match=r"^this database holds people already"):
        call_command("fault", "stage")


def test_a_killed_server_loses_nothing_and_doubles_nothing():
    report = trial.run(trial.Plan(clients=3, ops=90, kills=1, seed=5), lambda text: None)
    assert (report.lost, report.double, report.mixed, report.wrong, report.ok) == (0, 0, 0, [], True)
    assert report.acknowledged + report.refused == 90
