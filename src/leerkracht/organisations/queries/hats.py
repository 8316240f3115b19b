"""Which hat somebody has on now: it chooses the desk, never the rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from leerkracht.accounts.models import Person

from .roles import Hat, hats_of

HAT = "hat"


@dataclass(frozen=True)
class Wardrobe:
    """All hats of somebody, and the one that is on; ``hat`` is ``None`` for who has none."""

    hats: tuple[Hat, ...] = ()
    hat: Hat | None = None


def wardrobe_of(person: Person, session: Mapping[str, Any], on: date) -> Wardrobe:
    """Return it; a hat that is no longer held falls back to the first. Two queries."""
    hats = tuple(hats_of(person, on))
    chosen = session.get(HAT)
    return Wardrobe(hats, next((hat for hat in hats if hat.key == chosen), hats[0] if hats else None))
