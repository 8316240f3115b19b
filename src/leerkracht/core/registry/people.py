"""Who points at a person: each room registers how its references move when two persons become one.

A test walks every model: what points at a person is moved by somebody, or left alone with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Journal = list[dict[str, Any]]  # what was done, in order, as JSON: enough to take it back


@dataclass(frozen=True)
class Move:
    """Everything of ``gone`` becomes ``kept``'s. ``name`` and ``email`` are what the one person goes by from now on."""

    kept: int
    gone: int
    by: int
    now: datetime
    name: str
    email: str
    keeps_other_address: bool = True


@dataclass(frozen=True)
class Holding:
    """One kind of thing that somebody holds, in words, for who compares two persons."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Mover:
    """How a room moves its references (``app.Model.field``); ``restore`` takes the journal of ``move`` back."""

    fields: frozenset[str]
    move: Callable[[Move], Journal]
    restore: Callable[[Move, Journal], None]
    holdings: Callable[[int, date], list[Holding]] = field(default=lambda person_id, on: [])


_movers: dict[str, Mover] = {}
_left_alone: dict[str, str] = {}


def register_mover(room: str, mover: Mover) -> None:
    """A room calls this in ``AppConfig.ready``; lower rooms come first."""
    _movers[room] = mover


def leave_alone(reasons: Mapping[str, str]) -> None:
    """Name columns (``app.Model.field``) that keep pointing at the old person, each with its reason."""
    _left_alone.update(reasons)


def movers() -> dict[str, Mover]:
    return dict(_movers)


def left_alone() -> dict[str, str]:
    return dict(_left_alone)
