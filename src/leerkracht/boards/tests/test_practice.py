"""Example goals and the practice board: content that fits what the rules ask."""

from uuid import uuid4

import pytest

from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.boards.models import Action, Board, Goal, Note, Section
from leerkracht.boards.queries import examples
from leerkracht.boards.rules.decide.context import Context
from leerkracht.boards.rules.decide.goals import add
from leerkracht.boards.rules.entities import BoardState
from leerkracht.boards.rules.operations import AddGoal
from leerkracht.boards.services import practice

from .factories import NOW, TODAY, a_board, a_member, a_school, a_team, an_operation, do, section_of

GOOD = """
[[goals]]
sector = "po"
subject = "Rekenen"
text = "Acht van de tien leerlingen tellen tot tien"
english = "Eight in ten pupils count to ten"
measure = "Samen tellen"
unit = "%"
baseline = 20
target = 80
weeks = 5
actions = ["Elke dag tellen"]
"""


@pytest.mark.parametrize("sector", examples.SECTORS)
def test_each_sector_has_ten_goals_in_its_own_words(sector):
    goals = examples.examples_for(sector)
    word = "studenten" if sector == "MBO" else "leerlingen"
    assert len(goals) == 10
    assert [goal.text for goal in goals if word not in goal.text] == []
    assert all(2 <= len(goal.actions) <= 3 for goal in goals)


@pytest.mark.parametrize("goal", [goal for sector in examples.SECTORS for goal in examples.examples_for(sector)])
def test_an_example_fits_on_a_board_as_it_is(goal):
    op = AddGoal(id=uuid4(), text=goal.text, measure=goal.measure, unit=goal.unit)
    context = Context(
        operation=uuid4(), now=NOW, today=TODAY, board_kind="IMPROVEMENT", actor_kind="PERSON", members=frozenset()
    )
    (change,) = add(op, BoardState(), context)
    assert (change.set["text"], change.set["measure"], change.set["unit"]) == (goal.text, goal.measure, goal.unit)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('sector = "po"', 'sector = "hbo"', "goal 1: sector must be po, vo, so or mbo, got 'hbo'"),
        ("weeks = 5", "weeks = 9", "goal 1: weeks must be 4 to 6, got 9"),
        ("target = 80", "target = 20", "goal 1: baseline and target are both 20; nothing to reach"),
        ('measure = "Samen tellen"', 'measure = ""', "goal 1: measure is empty"),
        ("baseline = 20", 'baseline = "veel"', "goal 1: Expected `float`, got `str` - at `$.baseline`"),
        ('unit = "%"', 'unit = "%"\ncolour = "red"', "goal 1: Object contains unknown field `colour`"),
    ],
)
def test_a_wrong_example_is_refused_with_file_entry_and_reason(tmp_path, old, new, reason):
    path = tmp_path / "example-goals.toml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(examples.ContentFileRefused) as refused:
        examples.read_examples(path)
    assert str(refused.value) == f"example-goals.toml, {reason}"


def a_practice_board(sector="PO"):
    team = a_team(a_school(sector=sector))
    members = [a_member(team) for _ in range(3)]
    return a_board(team, Board.Kind.PRACTICE), members


def on_board():
    return {model.__name__: model.objects.filter(on_board=True).count() for model in (Goal, Action, Note)}


@pytest.mark.django_db
@pytest.mark.parametrize("sector", examples.SECTORS)
def test_a_practice_board_is_filled_once(sector):
    board, (newcomer, *_others) = a_practice_board(sector)
    for _time in range(2):
        practice.fill_practice_board(board=board, by=newcomer, now=NOW)
    assert on_board() == {"Goal": 2, "Action": 4, "Note": 8}
    assert Action.objects.filter(owner=newcomer).exists()


@pytest.mark.django_db
def test_resetting_wipes_what_was_tried_and_fills_again():
    board, (member, *_others) = a_practice_board()
    practice.fill_practice_board(board=board, by=member, now=NOW)
    do(
        board,
        member,
        an_operation("session.start", id=uuid4(), leader=member.pk),
        an_operation("note.add", id=uuid4(), section=section_of(board, "PARKED"), text="Even proberen"),
        an_operation("section.add", id=uuid4(), title="Vak erbij"),
        an_operation("section.rename", id=section_of(board, "PLANNING"), title="Plannen"),
        an_operation("section.hide", id=section_of(board, "HELP")),
    )
    practice.reset_practice_board(board=board, by=member, now=NOW)
    assert on_board() == {"Goal": 2, "Action": 4, "Note": 8}
    assert not Note.objects.get(text="Even proberen").on_board
    assert not board.sessions.exclude(state="CLOSED").exists()
    shown = Section.objects.filter(board=board, is_hidden=False)
    assert set(shown.values_list("kind", "title")) == {(s.kind, "") for s in shown}
    assert shown.count() == 7


@pytest.mark.django_db
def test_a_team_without_people_gets_a_practice_board_without_actions():
    board = a_board(kind=Board.Kind.PRACTICE)
    practice.fill_practice_board(board=board, by=THE_SYSTEM, now=NOW)
    assert on_board() == {"Goal": 2, "Action": 0, "Note": 8}


@pytest.mark.django_db
def test_a_real_board_is_never_wiped():
    board = a_board()
    with pytest.raises(practice.NotAPracticeBoard):
        practice.reset_practice_board(board=board, by=a_member(board.team), now=NOW)
