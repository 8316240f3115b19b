"""Turns at the board: fair, only who is in, and the same answer to the same question."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leerkracht.boards.kernel.rota import Member, Turn, candidates, next_after, propose, settle
from leerkracht.core.kernel.periods import works_on

TUESDAY = date(2026, 11, 17)
NO_TUESDAY = 0b11101
MEMBERS = st.lists(
    st.builds(Member, id=st.integers(1, 30), work_days=st.integers(1, 31), is_coach=st.booleans()),
    min_size=1,
    max_size=9,
    unique_by=lambda m: m.id,
)


def weeks_ago(weeks: int, **roles: int) -> Turn:
    return Turn(TUESDAY - timedelta(weeks=weeks), **roles)


def test_the_one_whose_turn_is_longest_ago_leads():
    team = [Member(1), Member(2), Member(3)]
    history = [weeks_ago(3, leader=2), weeks_ago(2, leader=3), weeks_ago(1, leader=1)]
    assert propose(team, TUESDAY, history) == {"leader": 2, "timekeeper": 3, "notetaker": 1}


def test_a_coach_leads_the_first_three_sessions_and_the_team_after_that():
    team = [Member(1), Member(2), Member(9, is_in_team=False, is_coach=True)]
    led = [propose(team, TUESDAY, held=sessions)["leader"] for sessions in range(5)]
    assert led == [9, 9, 9, 1, 1]


def test_who_does_not_work_today_is_not_asked():
    team = [Member(1, work_days=NO_TUESDAY), Member(2), Member(3)]
    assert propose(team, TUESDAY, held=5) == {"leader": 2, "timekeeper": 3, "notetaker": 1}


def test_who_is_away_today_has_no_role():
    team = [Member(1), Member(2), Member(3)]
    assert propose(team, TUESDAY, held=5, away=[1]) == {"leader": 2, "timekeeper": 3, "notetaker": None}


def test_who_joined_last_week_does_not_lead_at_once():
    team = [Member(1, since=TUESDAY - timedelta(days=7)), Member(2, since=TUESDAY - timedelta(days=300))]
    assert propose(team, TUESDAY, [weeks_ago(n, leader=2) for n in range(1, 5)])["leader"] == 2


def test_a_swap_takes_the_next_in_turn_and_trades_roles():
    order = candidates("leader", [Member(1), Member(2), Member(3)], TUESDAY, held=5)
    swapped = next_after("leader", {"leader": 1, "timekeeper": 2, "notetaker": 3}, order)
    assert swapped == {"leader": 2, "timekeeper": 1, "notetaker": 3}


def test_a_role_of_somebody_who_left_the_room_is_filled_again():
    chosen = {"leader": 4, "timekeeper": 2, "notetaker": 2}
    assert settle(chosen, frozenset({1, 2, 3}), {"leader": 1, "timekeeper": 3, "notetaker": 2}) == {
        "leader": 1,
        "timekeeper": 2,
        "notetaker": 3,
    }


@given(members=MEMBERS, day=st.integers(0, 4), held=st.integers(0, 8))
def test_nobody_is_asked_on_a_day_off_while_somebody_is_in(members, day, held):
    on = TUESDAY + timedelta(days=day - 1)
    leader = propose(members, on, held=held)["leader"]
    working = {m.id for m in members if works_on(m.work_days, on)}
    assert leader in (working or {m.id for m in members})


@given(members=MEMBERS, held=st.integers(0, 8), away=st.sets(st.integers(1, 30)))
def test_nobody_has_two_roles_and_nobody_away_has_one(members, held, away):
    given_out = [person for person in propose(members, TUESDAY, held=held, away=away).values() if person is not None]
    here = {m.id for m in members} - away
    assert len(given_out) == len(set(given_out)) == min(3, len(here))
    assert set(given_out) <= here


@given(count=st.integers(1, 8), sessions=st.integers(1, 30))
def test_nobody_leads_twice_before_all_have_led(count, sessions):
    team = [Member(number) for number in range(1, count + 1)]
    history: list[Turn] = []
    for week in range(sessions):
        on = TUESDAY + timedelta(weeks=week)
        history.append(Turn(on, **propose(team, on, history, held=week + 3)))
    leaders = [turn.leader for turn in history]
    rounds = [leaders[start : start + count] for start in range(0, sessions, count)]
    assert all(len(set(leads)) == len(leads) for leads in rounds)


@given(members=MEMBERS, seed=st.randoms())
def test_the_order_in_which_people_are_listed_changes_nothing(members, seed):
    shuffled = list(members)
    seed.shuffle(shuffled)
    assert propose(shuffled, TUESDAY, held=4) == propose(members, TUESDAY, held=4)
