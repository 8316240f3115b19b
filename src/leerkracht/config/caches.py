"""Where short-lived counts stand: how often somebody tried, and what browsers refused."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import salted_hmac

TABLE = "core_keptvalue"
# Django's 300 would throw the counts of a busy morning away, and with them the limits.
MOST = 200_000


def caches(engine: str) -> dict[str, Any]:
    """Return Django's caches: ``default`` holds the limits, ``kept`` what a command must see as well.

    On SQLite one process serves, so its own memory counts for all; on PostgreSQL several do, and share a table.
    """
    shared = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": TABLE}
    alone = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    common = {"KEY_FUNCTION": "leerkracht.config.caches.hashed", "OPTIONS": {"MAX_ENTRIES": MOST}}
    default = shared if engine.endswith("postgresql") else alone
    return {"default": {**default, **common}, "kept": {**shared, **common}}


def hashed(key: str, prefix: str, version: int) -> str:
    """Return the name a value is kept under; it tells no address of a person or a network."""
    return salted_hmac("leerkracht.cache", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
