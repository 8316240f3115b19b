"""Ask the same yes-or-no question of the database many times without building its SQL anew.

Rights are written once, as a ``Q``. Building that ``Q`` into SQL costs ten times what the database needs to answer,
which a page does not notice and a board in full session does. So the SQL is taken from the very same ``Q``, once,
with stand-ins for the values that differ per question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

Value = int | date
_STAND_IN_NUMBERS = range(-7_340_001, -7_340_100, -1)
_STAND_IN_DAY = date(1234, 5, 6)


class CompiledQuestion:
    """Whether ``build(**values)`` finds a row; ``kinds`` names the values and says whether each is a number or a day.

    ``build`` is called once, with stand-ins, and must put each value into the query as it is.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], kinds: Mapping[str, type]) -> None:
        self._build = build
        self._kinds = dict(kinds)
        self._sql = ""
        self._places: list[tuple[str, Any]] = []

    def ask(self, **values: Value) -> bool:
        """Return whether the query finds a row for these values."""
        if not self._sql:
            self._compile()
        adapt: Callable[[Any], Any] = connection.ops.adapt_datefield_value
        params = [
            constant if not name else (adapt(values[name]) if isinstance(values[name], date) else values[name])
            for name, constant in self._places
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            return cursor.fetchone() is not None

    def _compile(self) -> None:
        numbers = iter(_STAND_IN_NUMBERS)
        stand_ins: dict[str, Value] = {
            name: _STAND_IN_DAY if kind is date else next(numbers) for name, kind in self._kinds.items()
        }
        query: QuerySet[Model] = self._build(**stand_ins)
        sql, params = query.values("pk")[:1].query.sql_with_params()
        names: dict[Any, str] = {value: name for name, value in stand_ins.items()}
        names[connection.ops.adapt_datefield_value(_STAND_IN_DAY)] = names.get(_STAND_IN_DAY, "")
        self._places = [(names.get(param, ""), param) for param in params]
        missing = set(self._kinds) - {name for name, _ in self._places}
        if missing:
            raise ValueError(f"the query does not use {', '.join(sorted(missing))}")
        self._sql = sql
