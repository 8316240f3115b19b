"""The mood in the room: counted in memory while the session runs, shown when it names nobody, then gone.

No row, no log line: the log knows only that the step was held. It is no measurement, and the screen says so.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from uuid import UUID

from leerkracht.core.live.hub import hub
from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from ..rules.entities import BoardState, Session
from ..rules.wire import Standing, check_in_stream, topic_of

MOODS = (1, 2, 3)


class CheckInRefused(Refusal):
    """A tap that cannot count, with the reason."""


@dataclass
class _Tally:
    totals: list[int] = field(default_factory=lambda: [0, 0, 0])
    tapped: set[str] = field(default_factory=set)
    taps: int = 0


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


def standing_of(state: BoardState, session: Session) -> Standing:
    """What may be seen of the check-in of this sitting."""
    is_over = session.state != "RUNNING" or session.step != "CHECK_IN"
    return check_ins.standing((session.id, session.sitting), present=present_at(state, session), is_over=is_over)


def present_at(state: BoardState, session: Session) -> int:
    """How many people are at the board in this sitting."""
    rows = state.attendance.values()
    return sum(a.session == session.id and a.sitting == session.sitting and a.is_present for a in rows)


def follow(board_id: int, state: BoardState, closed: UUID | None) -> None:
    """After a line about the session: tell how the check-in stands now, and forget it when the session is over."""
    session = state.current_session()
    if session is not None:
        hub.publish(topic_of(board_id), [check_in_stream(standing_of(state, session))])
    if closed is not None:
        check_ins.forget(closed)
