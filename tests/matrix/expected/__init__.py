"""What every route answers to everyone: by hand from access.md, never computed from the code that decides."""

from __future__ import annotations

from typing import Any

from ..rows import Row
from ..world import World
from . import accounts, boards, config, core, organisations, sign_in

ROOMS = (accounts, boards, config, core, organisations, sign_in)


def table() -> dict[tuple[str, str], Row]:
    """All rows of all rooms; a row that stands twice is a mistake."""
    found: dict[tuple[str, str], Row] = {}
    for room in ROOMS:
        if twice := found.keys() & room.MATRIX.keys():
            raise ValueError(f"in two tables: {sorted(twice)}")
        found |= room.MATRIX
    return found


def posted(method: str, route: str, world: World) -> dict[str, Any] | None:
    """What a form says, where an empty one would be refused before anybody's rights are looked at."""
    own = world.places["own"]
    forms: dict[tuple[str, str], dict[str, Any]] = {
        ("POST", "boards:theme-change"): {"do": "close"},
        ("POST", "boards:theme-adopt"): {"team": own.team.pk},
        ("POST", "boards:join"): {"person": own.member.pk},
        ("POST", "boards:session-check-in"): {"mood": "happy"},
        ("POST", "hot:api/boards/check-in"): {"mood": 3},
    }
    hot = {"operations": []} if route.startswith("hot:api/boards/operations") else None
    return forms.get((method, route), hot)
