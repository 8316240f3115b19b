"""The mood in the room names nobody: once each, shown together or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerkracht.boards.rules.check_in import CheckInRefused, Tally, standing, tap


def after(*taps: tuple[str, int], present: int = 8) -> Tally:
    tally = Tally()
    for who, mood in taps:
        tally = tap(tally, mood, who=who, present=present)
    return tally


def test_totals_appear_when_the_last_one_tapped():
    waiting = after(("1", 3), ("2", 1), present=3)
    assert standing(waiting, present=3, is_over=False).totals is None
    assert standing(tap(waiting, 2, who="3", present=3), present=3, is_over=False).totals == (1, 1, 1)


@pytest.mark.parametrize(("taps", "totals"), [(1, None), (2, None), (3, (0, 0, 3))])
def test_a_step_that_ends_early_shows_no_single_mood(taps, totals):
    tally = after(*[(str(who), 3) for who in range(taps)])
    assert standing(tally, present=8, is_over=True).totals == totals


def test_nobody_taps_twice_and_the_wall_no_more_than_there_are_people():
    with pytest.raises(CheckInRefused, match="al getikt"):
        after(("1", 3), ("1", 1))
    with pytest.raises(CheckInRefused, match="Iedereen"):
        after(("", 3), ("", 2), ("", 1), present=2)


def test_a_mood_that_does_not_exist_is_refused():
    with pytest.raises(CheckInRefused):
        after(("1", 4))


@given(st.lists(st.tuples(st.text("ab", max_size=2), st.integers(1, 3)), max_size=9), st.integers(0, 9))
def test_the_totals_add_up_to_the_taps(taps, present):
    tally = Tally()
    for who, mood in taps:
        try:
            tally = tap(tally, mood, who=who, present=present)
        except CheckInRefused:
            continue
    assert sum(tally.totals) == tally.taps <= present
    assert len(tally.tapped) <= tally.taps
