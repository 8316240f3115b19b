"""What every test starts from: files under their own names, no memory of earlier attempts."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _plain_files(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


@pytest.fixture(autouse=True)
def _no_memory(settings: Settings) -> Iterator[None]:
    """Memory of the process is cleared; with PostgreSQL it is a table, and goes with the test's own transaction."""
    yield
    if "locmem" in settings.CACHES["default"]["BACKEND"]:
        cache.clear()
