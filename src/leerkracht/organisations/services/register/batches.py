"""Write many rows in batches that both databases take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import models

from leerkracht.organisations.models import Location, Province

Progress = Callable[[int, int], None]
Row = TypeVar("Row", bound=models.Model)
Thing = TypeVar("Thing")
BATCH = 500
IN_LIST = 900  # codes in one IN (…); the oldest SQLite takes 999 variables


def parts(things: list[Thing]) -> Iterable[list[Thing]]:
    return (things[start : start + IN_LIST] for start in range(0, len(things), IN_LIST))


def keys(codes: list[str]) -> Iterable[tuple[str, int]]:
    """Code and key of the locations with these codes; at most ``IN_LIST``."""
    return Location.objects.filter(code__in=codes).values_list("code", "pk")


def upsert(rows: list[Row], fields: list[str], advance: Callable[[int], None]) -> None:
    """Insert rows or, where the code is known, write ``fields``; tell ``advance`` after each batch."""
    for part in parts(rows):
        type(part[0])._default_manager.bulk_create(
            part, update_conflicts=True, unique_fields=["code"], update_fields=fields
        )
        advance(len(part))


def name_provinces() -> None:
    """Give every province of the register its row, so that the foundation can put it in a region."""
    named = set(Province.objects.values_list("name", flat=True))
    found = set(Location.objects.exclude(province="").values_list("province", flat=True).distinct())
    Province.objects.bulk_create([Province(name=name) for name in sorted(found - named)])
