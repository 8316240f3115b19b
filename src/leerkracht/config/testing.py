"""A pytest plugin, loaded before Django: surroundings of their own for the tests, the same on every machine."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

MADE_HERE = "LEERKRACHT_TEST_HOME"  # a parallel process inherits the folder of the one that started it
_is_maker = MADE_HERE not in os.environ

for _name in [name for name in os.environ if name.startswith("LEERKRACHT_") and name != MADE_HERE]:
    del os.environ[_name]
os.environ.setdefault(MADE_HERE, tempfile.mkdtemp(prefix="leerkracht-test-"))
os.environ["LEERKRACHT_HOME"] = os.environ[MADE_HERE]


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Use static files by their own names: tests need no collected ones (tests/house collects them once)."""
    from django.conf import settings  # reason: pytest-django sets Django up first

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True
    settings.MAIL_AT_ONCE = True  # into Django's outbox, before the answer
    (Path(settings.STATIC_ROOT)).mkdir(parents=True, exist_ok=True)


def pytest_unconfigure() -> None:
    if _is_maker:
        shutil.rmtree(os.environ[MADE_HERE], ignore_errors=True)


@pytest.fixture
def inline_writer() -> Iterator[None]:
    """Let ``core.asgi.writer`` write at once, in the test's own transaction."""
    from leerkracht.core.asgi.writer import WRITER  # reason: models need Django to be set up

    with WRITER.inline():
        yield
