"""The world, made once per process; what a test changes in it is taken back."""

import pytest
from django.db import transaction
from django.test import override_settings

from leerkracht.boards.queries.actors import forget_sign_ins
from leerkracht.core.asgi import reading, writer

from .routes import Asker
from .world import NOWHERE, build


@pytest.fixture(scope="module")
def asker(django_db_setup, django_db_blocker):
    """Everybody and everything there is to ask for; each test of the module runs in a transaction inside this one."""
    abroad = override_settings(FEDERATIONS=(NOWHERE,))
    with django_db_blocker.unblock(), transaction.atomic(), writer.WRITER.inline(), reading.inline(), abroad:
        forget_sign_ins()
        yield Asker(build())
        transaction.set_rollback(True)
    forget_sign_ins()


@pytest.fixture
def world(asker):
    return asker.world
