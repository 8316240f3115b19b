"""Everybody asks every route, and hears what stands in the table."""

import pytest

from . import canaries, expected
from .people import EVERYBODY

pytestmark = pytest.mark.django_db
TABLE = expected.table()


def deviations(heard, wanted):
    """One line for each who heard something else than the table says."""
    return [f"{who}: {heard[who]}, by access.md {wanted[who]}" for who in heard if heard[who] != wanted[who]]


@pytest.mark.parametrize(("method", "route"), TABLE, ids=[" ".join(key) for key in TABLE])
def test_everybody_hears_what_the_table_says(asker, method, route):
    data = expected.posted(method, route, asker.world)
    heard, leaked = {}, []
    for who in EVERYBODY:
        heard[who] = asker.ask(who, method, route, data)
        leaked += [f"{who} read {found}" for found in canaries.leaked(who, route, asker.said)]
    assert deviations(heard, TABLE[method, route]) == []
    assert leaked == []
