"""What browsers refused lately."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.core.cache import caches

KEY = "policy-refusals"
DAYS = 7
Counts = dict[str, dict[str, int]]


def refusals_since(on: date) -> Counter[str]:
    """Return how often each kind was refused in the week up to ``on``."""
    found: Counts = caches["kept"].get(KEY, {})
    first = (on - timedelta(days=DAYS)).isoformat()
    total: Counter[str] = Counter()
    for day, counts in found.items():
        if day > first:
            total.update(counts)
    return total
