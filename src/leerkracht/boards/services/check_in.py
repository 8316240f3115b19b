"""The mood in the room: counted in memory while the session runs, shown when it names nobody, then gone.

No row, no log line: the log knows only that the step was held. It is no measurement, and the screen says so.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from uuid import UUID

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

MOODS = (1, 2, 3)


class CheckInRefused(Refusal):
    """A tap that cannot count, with the reason."""


@dataclass
class _Tally:
    totals: list[int] = field(default_factory=lambda: [0, 0, 0])
    tapped: set[str] = field(default_factory=set)
    taps: int = 0


@dataclass(frozen=True)
class Standing:
    """How many tapped of how many; the totals (low, neutral, happy) only once everybody did or the step is over."""

    tapped: int
    present: int
    totals: tuple[int, int, int] | None


class CheckIns:
    """Tallies by session and sitting, in this process alone."""

    def __init__(self) -> None:
        self._tallies: dict[tuple[UUID, int], _Tally] = {}
        self._lock = threading.Lock()

    def tap(self, key: tuple[UUID, int], mood: int, *, who: str, present: int) -> None:
        """Count one tap of ``who`` (empty for the wall, where anybody taps); each person once."""
        if mood not in MOODS:
            raise CheckInRefused("unknown_mood", _("Kies een van de drie gezichten."))
        with self._lock:
            tally = self._tallies.setdefault(key, _Tally())
            if who and who in tally.tapped:
                raise CheckInRefused("tapped_before", _("Je hebt al getikt. Eén tik per persoon, zo klopt het beeld."))
            if tally.taps >= present:
                raise CheckInRefused("all_tapped", _("Iedereen die er is heeft al getikt."))
            tally.totals[mood - 1] += 1
            tally.taps += 1
            if who:
                tally.tapped.add(who)

    def standing(self, key: tuple[UUID, int], *, present: int, is_over: bool) -> Standing:
        with self._lock:
            tally = self._tallies.get(key) or _Tally()
            is_shown = tally.taps > 0 and (is_over or tally.taps >= present)
            low, neutral, happy = tally.totals
            return Standing(tally.taps, present, (low, neutral, happy) if is_shown else None)

    def forget(self, session: UUID) -> None:
        """The session is over: nothing of the mood remains."""
        with self._lock:
            for key in [key for key in self._tallies if key[0] == session]:
                del self._tallies[key]


check_ins = CheckIns()
