"""How many pupils a school had in each year, as bars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BAR_HEIGHT = 100.0  # units of the picture


@dataclass(frozen=True)
class YearBar:
    """Pupils on 1 October; ``pupils`` is None when every location's number is withheld, ``is_least`` when one is."""

    year: int
    pupils: int | None
    is_least: bool
    height: int


def bars(counts: Iterable[tuple[int, int | None]], most_years: int = 15) -> list[YearBar]:
    """Add the locations' counts (year, pupils or None for fewer than five) up per year; the latest years, in order.

    Heights are a share of the highest of these years, in units of 100.
    """
    known: dict[int, list[int | None]] = {}
    for year, pupils in counts:
        known.setdefault(year, []).append(pupils)
    years = sorted(known)[-most_years:]
    totals = {year: [pupils for pupils in known[year] if pupils is not None] for year in years}
    highest = max((sum(found) for found in totals.values()), default=0)
    return [
        YearBar(
            year,
            sum(totals[year]) if totals[year] else None,
            len(totals[year]) < len(known[year]),
            round(sum(totals[year]) / highest * BAR_HEIGHT) if highest else 0,
        )
        for year in years
    ]
