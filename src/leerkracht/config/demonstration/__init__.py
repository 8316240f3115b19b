"""The demonstration world, built part by part; a later part finds in ``World`` what an earlier one made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from . import boards, organisations
from .world import World

# In this order; a room with something to show adds its own ``build(world)``.
PARTS: tuple[Callable[[World], None], ...] = (organisations.build, boards.build)


@transaction.atomic
def build(*, now: datetime) -> World:
    """Fill an empty database with made-up schools and people, as they stand on ``now``."""
    world = World(now)
    for part in PARTS:
        part(world)
    return world


__all__ = ["PARTS", "World", "build"]
