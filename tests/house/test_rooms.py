"""Rooms: the same floors everywhere, nothing beside them (import-linter holds the directions)."""

from __future__ import annotations

import pytest

from .source import PRODUCT, ROOMS

FLOORS = {
    *("asgi", "urls", "tasks", "views", "forms", "services", "queries", "permissions", "models", "kernel", "rules"),
    *("apps", "middleware", "adapters", "signals", "management", "migrations", "templates", "templatetags", "static"),
    *("tests", "__init__", "__pycache__"),
}
ONLY_IN_CORE = {"live", "registry", "locale"}


@pytest.mark.parametrize("room", ROOMS)
def test_room_has_the_floors_and_nothing_else(room):
    allowed = FLOORS | (ONLY_IN_CORE if room == "core" else set())
    present = {path.name.removesuffix(".py") for path in (PRODUCT / room).iterdir() if not path.name.startswith(".")}
    assert present - allowed == set()


@pytest.mark.parametrize("room", ROOMS)
def test_no_floor_is_both_a_module_and_a_package(room):
    names = [path.name.removesuffix(".py") for path in (PRODUCT / room).iterdir()]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("room", ROOMS)
def test_tests_stand_in_their_room(room):
    assert list((PRODUCT / room / "tests").glob("test_*.py"))
