"""Ask the same question of the database many times without building its SQL anew.

Rights are written once, as a ``Q``. Building that ``Q`` into SQL costs ten times what the database needs to answer,
which most pages do not notice, and a board in full session does. So the SQL is taken from the very same query, once,
with stand-ins for the values that differ per question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Value = int | date
_STAND_IN_NUMBERS = range(-7_340_001, -7_340_100, -1)
_STAND_IN_DAY = date(1234, 5, 6)


class Compiled:
    """The rows of ``build(**values)``; ``kinds`` names the values and says whether each is a number or a day.

    ``build`` is called once, with stand-ins, must put each value into the query as it is, and ends in ``values_list``
    of numbers and texts: what comes back is as the database gives it.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], kinds: Mapping[str, type]) -> None:
        self._build = build
        self._kinds = dict(kinds)
        self._sql = ""
        self._places: list[tuple[str, Any]] = []

    def rows(self, **values: Value) -> list[tuple[Any, ...]]:
        """Return the rows for these values."""
        if not self._sql:
            self._compile()
        params = [_adapted(values[name]) if name else constant for name, constant in self._places]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            return list(cursor.fetchall())

    def _compile(self) -> None:
        numbers = iter(_STAND_IN_NUMBERS)
        stand_ins: dict[str, Value] = {
            name: _STAND_IN_DAY if kind is date else next(numbers) for name, kind in self._kinds.items()
        }
        sql, params = self._build(**stand_ins).query.sql_with_params()
        names: dict[Any, str] = {_adapted(value): name for name, value in stand_ins.items()}
        self._places = [(names.get(param, ""), param) for param in params]
        missing = set(self._kinds) - {name for name, _ in self._places}
        if missing:
            raise ValueError(f"the query does not use {', '.join(sorted(missing))}")
        self._sql = sql


def _adapted(value: Value) -> Any:
    """As the database's driver wants it: SQLite knows days as text."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


class CompiledQuestion(Compiled):
    """Whether ``build(**values)`` finds a row."""

    def __init__(self, build: Callable[..., QuerySet[Any]], kinds: Mapping[str, type]) -> None:
        super().__init__(lambda **values: build(**values).values_list("pk")[:1], kinds)

    def ask(self, **values: Value) -> bool:
        """Return whether the query finds a row for these values."""
        return bool(self.rows(**values))
