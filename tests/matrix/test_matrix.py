"""Everybody asks every route, and hears what stands in the table."""

import pytest
from django.db import transaction

from leerkracht.boards.queries.actors import forget_sign_ins
from leerkracht.core.asgi import reading, writer

from . import expected
from .people import EVERYBODY
from .routes import Asker
from .world import build

pytestmark = pytest.mark.django_db
TABLE = expected.table()


@pytest.fixture(scope="module")
def asker(django_db_setup, django_db_blocker):
    """The world, made once; what each request changes is taken back by itself."""
    with django_db_blocker.unblock(), transaction.atomic(), writer.WRITER.inline(), reading.inline():
        forget_sign_ins()
        yield Asker(build())
        transaction.set_rollback(True)
    forget_sign_ins()


def deviations(heard, wanted):
    """One line for each who heard something else than the table says."""
    return [f"{who}: {heard[who]}, by access.md {wanted[who]}" for who in heard if heard[who] != wanted[who]]


@pytest.mark.parametrize(("method", "route"), TABLE, ids=[" ".join(key) for key in TABLE])
def test_everybody_hears_what_the_table_says(asker, method, route):
    data = expected.posted(method, route, asker.world)
    heard = {who: asker.ask(who, method, route, data) for who in EVERYBODY}
    assert deviations(heard, TABLE[method, route]) == []
