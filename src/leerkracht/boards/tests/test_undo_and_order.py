"""Taking back and ordering where it could go wrong: a fitting reason, and never two cards in one place."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from leerkracht.boards.models import Attendance, Goal, Note, Section
from leerkracht.boards.queries import state as states

from .factories import NOW, TODAY, a_board, a_member, an_operation, do, section_of

pytestmark = pytest.mark.django_db


def a_goal(**fields):
    period = {"start_date": TODAY, "end_date": TODAY + timedelta(weeks=5)}
    return an_operation("goal.add", id=uuid4(), text="Een doel", baseline=62.0, target=80.0, **(period | fields))


def codes(results):
    return [result.refusal.code if result.refusal else result.status for result in results]


def test_taking_back_the_measure_of_a_goal_on_the_board_is_refused_with_the_reason():
    board = a_board()
    member = a_member(board.team)
    goal = a_goal()
    measure = an_operation("goal.edit", id=goal.payload.id, measure="weektoets")
    do(board, member, goal, measure, an_operation("goal.place", id=goal.payload.id))
    results = do(board, member, an_operation("undo", operation=measure.id))
    assert (codes(results), Goal.objects.get().measure) == (["changed_since"], "weektoets")


def test_taking_back_half_a_period_is_refused_when_the_other_half_moved():
    board = a_board()
    member = a_member(board.team)
    goal = a_goal(end_date=None)
    later = an_operation("goal.edit", id=goal.payload.id, start_date=TODAY + timedelta(days=20))
    earlier = an_operation("goal.edit", id=goal.payload.id, start_date=TODAY - timedelta(days=30))
    ends = an_operation("goal.edit", id=goal.payload.id, end_date=TODAY + timedelta(days=10))
    do(board, member, goal, later, earlier, ends)
    assert codes(do(board, member, an_operation("undo", operation=earlier.id))) == ["changed_since"]


def test_a_closed_session_stays_closed_while_another_runs():
    board = a_board()
    member = a_member(board.team)
    first, second = uuid4(), uuid4()
    close = an_operation("session.close", id=first)
    do(board, member, an_operation("session.start", id=first), close, an_operation("session.start", id=second))
    assert codes(do(board, member, an_operation("undo", operation=close.id))) == ["session_underway"]


def test_a_session_that_is_opened_again_after_a_restart_knows_who_was_there():
    board = a_board()
    member = a_member(board.team)
    session = uuid4()
    close = an_operation("session.close", id=session)
    do(board, member, an_operation("session.start", id=session, present=(member.pk,)), close)
    states.cache.clear()
    leaves = an_operation("session.present", id=session, person=member.pk, is_present=False)
    assert codes(do(board, member, an_operation("undo", operation=close.id), leaves)) == ["APPLIED", "APPLIED"]
    assert Attendance.objects.get().is_present is False


def test_cards_keep_their_order_however_often_two_change_places():
    board = a_board()
    member = a_member(board.team)
    section = section_of(board, "PARKED")
    keys = [uuid4() for _ in range(4)]
    do(board, member, *(an_operation("note.add", id=key, section=section, text="Kaart") for key in keys))
    first, one, other, last = keys
    for _time in range(40):
        do(board, member, an_operation("card.move", id=other, after=first))
        do(board, member, an_operation("card.move", id=one, after=first))
    rows = list(Note.objects.order_by("position").values_list("id", "position"))
    assert [key for key, _position in rows] == [first, one, other, last]
    assert all(before < after for (_a, before), (_b, after) in pairwise(rows))


def test_sections_keep_their_order_however_often_two_change_places():
    board = a_board()
    member = a_member(board.team)
    first, one, other = (section_of(board, kind) for kind in ("CHECK_IN", "SUCCESSES", "GOALS"))
    for _time in range(40):
        do(board, member, an_operation("section.move", id=other, after=first))
        do(board, member, an_operation("section.move", id=one, after=first))
    positions = list(Section.objects.filter(board=board).order_by("position").values_list("position", flat=True))
    assert len(set(positions)) == len(positions)
    assert list(Section.objects.filter(board=board).order_by("position").values_list("id", flat=True))[:3] == [
        first,
        one,
        other,
    ]


def test_hiding_a_section_makes_room_for_another():
    board = a_board()
    member = a_member(board.team)
    full = [an_operation("section.add", id=uuid4(), title=f"Vak {n}") for n in range(7)]
    one_more = [an_operation("section.add", id=uuid4(), title="Nog een") for _ in range(2)]
    do(board, member, *full)
    hide = an_operation("section.hide", id=full[0].payload.id)
    assert codes(do(board, member, one_more[0], hide, one_more[1])) == ["too_many_sections", "APPLIED", "APPLIED"]
    assert codes(do(board, member, an_operation("section.show", id=full[0].payload.id), now=NOW)) == [
        "too_many_sections"
    ]
