"""Copy a database out and back in: SQLite by its own backup, PostgreSQL by pg_dump and pg_restore."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections, transaction

from leerkracht.config.serving import schema

# A dump can be read by tools of its own age or newer; Debian keeps each version in a folder of its own.
DEBIAN_TOOLS = Path("/usr/lib/postgresql")


class Failed(Exception):
    """The database's own tool failed; the text is what it said."""


def dump(using: str, to: Path) -> dict[str, int]:
    """Write one consistent moment of the database to ``to`` and return how many rows each table has in it."""
    if connections[using].vendor == "sqlite":
        return _dump_sqlite(using, to)
    return _dump_postgres(using, to)


def load(using: str, source: Path, aside: Path) -> None:
    """Replace the database by ``source``; what was there is kept in ``aside``."""
    if connections[using].vendor == "sqlite":
        _load_sqlite(using, source, aside)
    else:
        _load_postgres(using, source, aside)


def check(vendor: str, source: Path, rows: dict[str, int]) -> None:
    """Raise ``Failed`` when a dump cannot be what it says it is."""
    if vendor != "sqlite":
        _run([_tool("pg_restore"), "--list", str(source)], {})
        return
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as database:
        [verdict] = database.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise Failed(f"the database in it is damaged: {verdict}")
        if database.execute("PRAGMA foreign_key_check").fetchone():
            raise Failed("the database in it points at rows that are not there")
        found = {table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in rows}
    if found != rows:
        raise Failed("the database in it has other rows than the manifest says")


def _dump_sqlite(using: str, to: Path) -> dict[str, int]:
    connection = connections[using]
    connection.ensure_connection()
    with closing(sqlite3.connect(to)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without a journal beside it
        tables = [name for (name,) in target.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        own = [name for name in tables if not name.startswith("sqlite_")]
        return {name: target.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in own}


def _load_sqlite(using: str, source: Path, aside: Path) -> None:
    connections[using].close()
    path = Path(connections[using].settings_dict["NAME"])
    aside.mkdir(parents=True, exist_ok=True)
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        old = path.with_name(name)
        if old.exists():
            old.rename(aside / name)
    fresh = path.with_name(f"{path.name}.restored")
    shutil.copyfile(source, fresh)
    fresh.replace(path)
    _sync(path.parent)


def _dump_postgres(using: str, to: Path) -> dict[str, int]:
    """Dump and count in the same snapshot, so that the counts are those of the dump."""
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
        command = [_tool("pg_dump"), "-Fc", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", "-f", str(to)]
        _run(command, _surroundings(using))
        return schema.row_counts(using)


def _load_postgres(using: str, source: Path, aside: Path) -> None:
    """Replace everything in one transaction: after an error the old database stands as it was."""
    aside.mkdir(parents=True, exist_ok=True)
    if schema.tables(using):
        dump(using, aside / f"{using}.dump")
    connections[using].close()
    script = source.with_suffix(".sql")
    _run([_tool("pg_restore"), "--no-owner", "--no-privileges", "-f", str(script), str(source)], {})
    try:
        # The dump makes the schema itself only when it was not the standard one.
        start = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;"
        command = [_tool("psql"), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-c", start, "-f", str(script)]
        _run(command, _surroundings(using))
    finally:
        script.unlink(missing_ok=True)


def _surroundings(using: str) -> dict[str, str]:
    settings = connections[using].settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return {variable: str(settings[name]) for variable, name in named.items() if settings.get(name)}


def _tool(name: str) -> str:
    """Return the newest PostgreSQL tool of this machine."""
    versions = sorted(DEBIAN_TOOLS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise Failed(f"{name} is not installed. On Debian and Ubuntu: sudo apt-get install postgresql-client")
    return found


def _run(command: list[str], surroundings: dict[str, str]) -> None:
    done = subprocess.run(command, env={**os.environ, **surroundings}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.returncode}")


def _sync(folder: Path) -> None:
    with _opened(folder) as handle:
        os.fsync(handle)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)
