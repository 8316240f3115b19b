"""Whether what is acknowledged is on disk: the settings really in force on the connection, not those asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from leerkracht.config.checks import Finding, fine, wrong

ABOUT = "durability"
SQLITE = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
SQLITE_WORDS = {"synchronous": {"0": "OFF", "1": "NORMAL", "2": "FULL", "3": "EXTRA"}}
POSTGRES = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
STRONGER = {"synchronous": {"3"}, "synchronous_commit": {"remote_apply"}}


class Unsafe(SystemExit):
    """The database may lose what it acknowledged; the product does not start on it."""


def look() -> list[Finding]:
    found = [finding for alias in sorted(settings.DATABASES) for finding in _of(connections[alias])]
    return found or [fine(ABOUT, "Every commit is on disk before it is acknowledged.")]


def refuse_unsafe() -> None:
    """Stop the process when a database is set to lose acknowledged writes."""
    found = [finding for alias in sorted(settings.DATABASES) for finding in _of(connections[alias])]
    if found:
        raise Unsafe("\n".join(finding.text for finding in found))


def _of(connection: BaseDatabaseWrapper) -> list[Finding]:
    is_sqlite = connection.vendor == "sqlite"
    in_force, asked = (_sqlite(connection), SQLITE) if is_sqlite else (_postgres(connection), POSTGRES)
    found = []
    for name, value in in_force.items():
        if value != asked[name] and value not in STRONGER.get(name, ()):
            words = SQLITE_WORDS.get(name, {})
            said, wanted = words.get(value, value), words.get(asked[name], asked[name])
            found.append(
                wrong(
                    ABOUT,
                    f"The database {connection.alias!r} runs with {name}={said}; only {name}={wanted} is safe: "
                    "otherwise a power cut can take what was acknowledged. Set it back and start again.",
                )
            )
    if is_sqlite and connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        found.append(wrong(ABOUT, "SQLite runs without transaction_mode IMMEDIATE; most writes at once would fail."))
    return found


def _sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        return {name: str(cursor.execute(f"PRAGMA {name}").fetchone()[0]).lower() for name in SQLITE}


def _postgres(connection: BaseDatabaseWrapper) -> dict[str, str]:
    found = {}
    with connection.cursor() as cursor:
        for name in POSTGRES:
            cursor.execute("SELECT current_setting(%s)", [name])
            found[name] = cursor.fetchone()[0]
    return found
