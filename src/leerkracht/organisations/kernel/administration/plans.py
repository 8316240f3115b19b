"""What a sheet changes: an outcome for every row, and what is to be written; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from leerkracht.core.rules import Refusal

from .days import parse_day

NEW, CHANGED, SAME, REFUSED = "NEW", "CHANGED", "SAME", "REFUSED"
PERSON, PARTICIPATION, ROLE, CONTACT = "person", "participation", "role", "contact"
Values = dict[str, object]


@dataclass(frozen=True)
class Outcome:
    """What one row brings: ``subject`` is whom or what it is about, ``now`` and ``was`` say the change in figures."""

    line: int
    result: str
    subject: str = ""
    now: str = ""
    was: str = ""
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Write:
    """A row of a table to make (no ``pk``) or change; ``person`` may be an address that is made by the same plan."""

    table: str
    line: int
    pk: int | None
    values: Values


@dataclass
class Plan:
    outcomes: list[Outcome] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        return Counter(outcome.result for outcome in self.outcomes)

    def refuse(self, line: int, refusal: Refusal, subject: str = "") -> None:
        self.outcomes.append(Outcome(line, REFUSED, subject, refusal=refusal))

    def sort(self) -> Plan:
        self.outcomes.sort(key=lambda outcome: outcome.line)
        return self


@dataclass(frozen=True)
class Setting:
    """What every row needs to be read: the day, the words of the stages in use, and how stages are called."""

    today: date
    own_words: dict[str, str]
    stage_labels: Mapping[str, str]

    def day(self, text: str) -> date:
        return parse_day(text, today=self.today)


def day_words(day: date | None) -> str:
    return f"{day.day}-{day.month}-{day.year}" if day else ""


def period_words(start: date, end: date | None) -> str:
    """As short as a table needs it: ``1-8-2024 →`` runs on."""
    return f"{day_words(start)} → {day_words(end)}".strip()
