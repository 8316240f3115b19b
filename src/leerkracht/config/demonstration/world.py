"""What the parts of the demonstration hand to one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.core.kernel.periods import SchoolYear
from leerkracht.organisations.models import School, Team

# The school year in which the made-up dates were written; they move along with the year in which somebody looks.
WRITTEN_IN = SchoolYear(2026)
MAIL_DOMAIN = "voorbeeld.invalid"


@dataclass
class World:
    """Made-up schools by code, teams by (school code, name) and people by name; ``now`` is the day of building."""

    now: datetime
    schools: dict[str, School] = field(default_factory=dict)
    teams: dict[tuple[str, str], Team] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def day(self, written: date) -> date:
        """Return a made-up date in the present school year, never later than today."""
        years = SchoolYear.of(self.today).start - WRITTEN_IN.start
        return min(written.replace(year=written.year + years), self.today)
