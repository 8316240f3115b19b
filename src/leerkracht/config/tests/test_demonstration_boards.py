"""The boards of the demonstration: a term that looks lived-in on whatever day somebody starts it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from leerkracht.boards.models import Action, Attendance, Board, BoardSession, Goal, Note, ThemeAdoption
from leerkracht.boards.queries.examples import ContentFileRefused
from leerkracht.boards.queries.home import today_for
from leerkracht.config import demonstration
from leerkracht.config.demonstration import stories
from leerkracht.core.kernel.periods import HolidayRegion
from leerkracht.core.queries.calendar import calendar

pytestmark = pytest.mark.django_db
A_TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def the_board(world, school="ZZAA", team="Bovenbouw"):
    return Board.objects.get(team=world.teams[school, team], kind=Board.Kind.IMPROVEMENT)


def test_a_visitor_finds_the_board_of_the_tile():
    world = demonstration.build(now=A_TUESDAY)
    board, today = the_board(world), world.today
    goal = Goal.objects.get(board=board, state="ACTIVE", text__contains="redactiesom")
    late = Action.objects.get(board=board, on_board=True, state="OPEN", due_date__lt=today)
    assert (goal.target, goal.measurements.order_by("-date")[0].value) == (80.0, 62.0)
    assert (goal.end_date - today).days == 14
    assert (late.text, late.carried, late.owner.name) == ("Strookmodel voordoen in groep 6 en 7", 1, "Fenna Krijtbord")
    assert Note.objects.filter(board=board, on_board=True, section__kind="SUCCESSES").count() == 3
    assert Note.objects.filter(board=board, on_board=True, section__kind="PLANNING", day__gte=today).count() == 2
    assert {a.theme.title for a in ThemeAdoption.objects.filter(team=board.team)} == {"Rekenen", "Begrijpend lezen"}


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 12, 29), date(2026, 9, 1), date(2027, 8, 20)])
def test_every_team_has_a_term_behind_it_and_a_session_today(day):
    world = demonstration.build(now=datetime(day.year, day.month, day.day, 7, 0, tzinfo=UTC))
    for school, team in world.teams:
        sessions = BoardSession.objects.filter(board=the_board(world, school, team))
        assert sessions.filter(state="CLOSED").count() == (6 if team == "Brugklas" else 9 if team == "Wiskunde" else 10)
        assert list(sessions.filter(state="PLANNED").values_list("planned_date", flat=True)) == [day]
        assert not sessions.filter(state="CLOSED", planned_date__gte=day).exists()


def test_the_lead_goes_round_and_a_home_page_says_where_to_stand():
    world = demonstration.build(now=A_TUESDAY)
    board = the_board(world)
    leaders = board.sessions.filter(state="CLOSED").order_by("started_at").values_list("leader__name", flat=True)
    assert len(set(leaders)) >= 5
    desk = today_for(world.people["Arjan Boekenkast"], world.now)
    assert [(b.team, b.session_date) for b in desk.boards] == [("Bovenbouw", world.today)]
    assert "Drie redactiesommen kiezen voor de weektoets" in [a.text for a in desk.actions]


def test_part_timers_have_a_sitting_of_their_own():
    world = demonstration.build(now=A_TUESDAY)
    rows = Attendance.objects.filter(board=the_board(world, team="Onderbouw"), sitting=2)
    assert rows.exists()


def test_the_world_is_the_same_each_time_it_is_built():
    told = []
    for _time in range(2):
        with transaction.atomic():
            board = the_board(demonstration.build(now=A_TUESDAY))
            told.append([(o.pk, o.kind) for o in board.operations.order_by("seq")[1:]])
            transaction.set_rollback(True)
    assert len(told[0]) > 150
    assert told[0] == told[1]


def test_sessions_skip_holidays_and_take_a_school_day():
    days = stories.session_days(calendar(), HolidayRegion.MIDDLE, date(2026, 11, 22), day="di")
    assert (days[0], days[1], days[-1], len(days)) == (date(2026, 11, 22), date(2026, 11, 17), date(2026, 9, 1), 12)
    assert date(2026, 10, 20) not in days


def test_a_story_that_cannot_be_is_refused_with_the_reason(tmp_path):
    path = tmp_path / "boards.toml"
    path.write_text("schools = []\nboards = []\norganisational = 3\n")
    with pytest.raises(
        ContentFileRefused, match=r"^boards.toml: Expected `array`, got `int` - at `\$.organisational`$"
    ):
        stories.read(path)
