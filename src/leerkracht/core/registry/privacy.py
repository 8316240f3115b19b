"""What is kept about a person, and what becomes of it: each room says so for its own tables.

A test walks every model: what may point at a person or hold a name is covered by some room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from leerkracht.core.kernel.names import without

FORMER = "oud-collega"  # what stands where a name stood


@dataclass(frozen=True)
class Sheet:
    """One kind of thing that is kept about somebody, as a table: Dutch heads, a row each."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True)
class Erasure:
    """Whoever is erased, under every id that was theirs, and every name and address that they went by."""

    ids: tuple[int, ...]
    names: tuple[str, ...]
    emails: tuple[str, ...]
    by: int | None
    now: datetime

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.names, *self.emails)


@dataclass(frozen=True)
class Keeper:
    """One room: what it keeps of these ids and addresses, whether they may go, and letting them go."""

    collect: Callable[[Sequence[int], Sequence[str]], list[Sheet]]
    erase: Callable[[Erasure], None]
    check: Callable[[Erasure], None] = lambda asked: None


_keepers: dict[str, Keeper] = {}


def register_keeper(room: str, keeper: Keeper) -> None:
    """A room calls this in ``AppConfig.ready``; lower rooms come first."""
    _keepers[room] = keeper


def keepers() -> dict[str, Keeper]:
    return dict(_keepers)


def take_names_out(model: type[Model], fields: Sequence[str], asked: Erasure) -> int:
    """Replace names and addresses in JSON and text columns of a whole table; returns how many rows changed.

    Goes through every row: such tables are short-lived copies (imports, journals, tasks), and an erasure is rare.
    """
    changed = 0
    for row in model._base_manager.only("pk", *fields).iterator(chunk_size=200):
        after = {name: without(getattr(row, name), asked.words, FORMER) for name in fields}
        if any(after[name] != getattr(row, name) for name in fields):
            model._base_manager.filter(pk=row.pk).update(**after)
            changed += 1
    return changed
