"""Count what browsers refused, per day; nothing else of a report is kept."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.cache import caches

from leerkracht.core.queries.reports import DAYS, KEY, Counts

MOST_A_DAY = 1_000


def count_refusal(*, refusal: str, on: date) -> None:
    """Add one to today's ``refusal``; two at the same moment may count as one."""
    found: Counts = caches["kept"].get(KEY, {})
    today = found.get(on.isoformat(), {})
    if today.get(refusal, 0) >= MOST_A_DAY:
        return
    first = (on - timedelta(days=DAYS)).isoformat()
    kept = {day: counts for day, counts in found.items() if day > first}
    kept[on.isoformat()] = {**today, refusal: today.get(refusal, 0) + 1}
    caches["kept"].set(KEY, kept, DAYS * 24 * 60 * 60)
