"""Fifteen minutes, divided as this team needs them."""

from hypothesis import given
from hypothesis import strategies as st

from leerkracht.boards.kernel.pace import DEFAULT_SPLIT, STEPS, learnt_split

HISTORY = st.lists(st.dictionaries(st.sampled_from(STEPS), st.integers(0, 4000)), max_size=10)


def test_a_team_without_history_gets_the_split_of_the_method():
    assert learnt_split([]) == DEFAULT_SPLIT
    assert learnt_split([dict(DEFAULT_SPLIT)] * 2) == DEFAULT_SPLIT


def test_a_team_that_talks_long_about_goals_gets_more_time_for_goals():
    week = {"CHECK_IN": 60, "SUCCESSES": 60, "GOALS": 480, "ACTIONS": 180, "PLANNING": 60, "ROUND_OFF": 60}
    # 9 free minutes beside one each: 60/900 of them is 0.6, 480/900 is 4.8, 180/900 is 1.8; the four largest rests win.
    assert learnt_split([week] * 3) == {
        "CHECK_IN": 120,
        "SUCCESSES": 120,
        "GOALS": 360,
        "ACTIONS": 180,
        "PLANNING": 60,
        "ROUND_OFF": 60,
    }


def test_one_session_that_somebody_forgot_to_close_changes_nothing():
    week = dict(DEFAULT_SPLIT)
    forgotten = {**week, "ROUND_OFF": 9000}
    assert learnt_split([forgotten, week, week, week]) == learnt_split([week] * 4)


@given(HISTORY)
def test_every_split_is_fifteen_whole_minutes_with_one_for_each_step(history):
    split = learnt_split(history)
    assert sum(split.values()) == 900
    assert set(split) == set(STEPS)
    assert all(seconds >= 60 and seconds % 60 == 0 for seconds in split.values())
