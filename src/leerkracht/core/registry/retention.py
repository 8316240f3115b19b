"""How long what is kept: each room registers rules that the nightly purge carries out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Rule:
    """What goes once it is ``keep`` old. ``rows`` are those that are over at a moment; ``drop`` lets them go.

    ``words`` says what it is, in Dutch (``gettext_noop``). Without a ``drop`` the rows are deleted.
    """

    name: str
    words: str
    keep: timedelta
    rows: Callable[[datetime], QuerySet[Any]]
    drop: Callable[[QuerySet[Any], datetime], int] | None = None

    def over(self, now: datetime) -> tuple[datetime, QuerySet[Any]]:
        """The moment before which it goes, and the rows."""
        before = now - self.keep
        return before, self.rows(before)


_rules: dict[str, Rule] = {}


def register_rules(*rules: Rule) -> None:
    """A room calls this in ``AppConfig.ready``."""
    _rules.update({rule.name: rule for rule in rules})


def rules() -> tuple[Rule, ...]:
    return tuple(_rules.values())
