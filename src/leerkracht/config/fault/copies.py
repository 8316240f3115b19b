"""A copy of a few tables where nothing holds rows together, as for somebody who has the database; gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from leerkracht.config.database import sqlite

ALIAS = "attacked_copy"


@contextmanager
def empty_copy(models: Sequence[type[Model]]) -> Iterator[str]:
    """Make the empty tables of ``models`` and give the alias to use them by: a file, or a session of PostgreSQL."""
    source = connections[DEFAULT_DB_ALIAS]
    with _in_session(source, models) if source.vendor == "postgresql" else _in_file(models):
        yield ALIAS


@contextmanager
def _in_file(models: Sequence[type[Model]]) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="leerkracht-attack-") as folder:
        path = Path(folder) / "copy.sqlite3"
        with _alias({**sqlite(path), "OPTIONS": {"transaction_mode": "IMMEDIATE"}}) as connection:
            with connection.schema_editor() as editor:
                for model in models:
                    editor.create_model(model)
            connection.disable_constraint_checking()
            yield


@contextmanager
def _in_session(source: Any, models: Sequence[type[Model]]) -> Iterator[None]:
    """Tables that only this connection sees, and that end with it, also when it is killed."""
    quote = source.ops.quote_name
    with source.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (own,) = cursor.fetchone()
    with _alias({}) as connection, connection.cursor() as cursor:
        for table in (quote(model._meta.db_table) for model in models):
            like = f"LIKE {quote(own)}.{table} INCLUDING ALL"  # all but the references to other tables
            cursor.execute(f"CREATE TEMPORARY TABLE {table} ({like})")
        cursor.execute("SET search_path TO pg_temp")  # the tables themselves are out of reach from here on
        yield


@contextmanager
def _alias(different: dict[str, Any]) -> Iterator[Any]:
    source = connections[DEFAULT_DB_ALIAS]
    connection = type(source)({**deepcopy(source.settings_dict), **different}, alias=ALIAS)
    connections[ALIAS] = connection
    try:
        connection.ensure_connection()
        yield connection
    finally:
        connection.close()
        del connections[ALIAS]
