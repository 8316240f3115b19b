"""The mood in the room: counted while the session runs, shown when it names nobody, then gone.

No log line: the log knows only that the step was held. One server counts in memory; where several servers share the
work (PostgreSQL), one short-lived row does. It is no measurement, and the screen says so.
"""

from __future__ import annotations

import threading
from uuid import UUID

from django.db import connection, transaction

from leerkracht.core.live.hub import hub

from ..models import CheckInTally
from ..rules import check_in as rules
from ..rules.check_in import CheckInRefused, Tally
from ..rules.entities import BoardState, Session
from ..rules.wire import Standing, check_in_stream, topic_of
from .nodes import notify_other_nodes

__all__ = ["CheckInRefused", "follow", "present_at", "standing_of", "tap"]


class InMemory:
    """Tallies by session and sitting, in this process alone."""

    def __init__(self) -> None:
        self._tallies: dict[tuple[UUID, int], Tally] = {}
        self._lock = threading.Lock()

    def read(self, session: UUID, sitting: int) -> Tally:
        with self._lock:
            return self._tallies.get((session, sitting), Tally())

    def tap(self, session: UUID, sitting: int, mood: int, *, who: str, present: int) -> None:
        with self._lock:
            known = self._tallies.get((session, sitting), Tally())
            self._tallies[session, sitting] = rules.tap(known, mood, who=who, present=present)

    def forget(self, session: UUID) -> None:
        with self._lock:
            for key in [key for key in self._tallies if key[0] == session]:
                del self._tallies[key]


class InRows:
    """Tallies in the database, for as long as the session runs."""

    def read(self, session: UUID, sitting: int) -> Tally:
        row = CheckInTally.objects.filter(session=session, sitting=sitting).first()
        return _tally(row) if row else Tally()

    @transaction.atomic
    def tap(self, session: UUID, sitting: int, mood: int, *, who: str, present: int) -> None:
        CheckInTally.objects.get_or_create(session_id=session, sitting=sitting)
        row = CheckInTally.objects.select_for_update().get(session=session, sitting=sitting)
        tally = rules.tap(_tally(row), mood, who=who, present=present)
        row.totals, row.tapped = list(tally.totals), sorted(tally.tapped)
        row.save(update_fields=["totals", "tapped"])

    def forget(self, session: UUID) -> None:
        CheckInTally.objects.filter(session=session).delete()


_memory, _rows = InMemory(), InRows()


def tap(*, board_id: int, state: BoardState, mood: int, who: str) -> Standing:
    """Count one tap of the running sitting and tell every screen; ``who`` is empty for the wall: anybody taps."""
    session = state.current_session()
    if session is None or session.state != "RUNNING" or session.step != "CHECK_IN":
        raise CheckInRefused("no_check_in", rules.OVER)
    _tallies().tap(session.id, session.sitting, mood, who=who, present=present_at(state, session))
    now = standing_of(state, session)
    hub.publish(topic_of(board_id), [check_in_stream(now)])
    notify_other_nodes(board_id)
    return now


def standing_of(state: BoardState, session: Session) -> Standing:
    """What may be seen of the check-in of this sitting."""
    is_over = session.state != "RUNNING" or session.step != "CHECK_IN"
    tally = _tallies().read(session.id, session.sitting)
    return rules.standing(tally, present=present_at(state, session), is_over=is_over)


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
        _tallies().forget(closed)


def _tallies() -> InMemory | InRows:
    return _rows if connection.vendor == "postgresql" else _memory


def _tally(row: CheckInTally) -> Tally:
    low, neutral, happy = row.totals or (0, 0, 0)
    return Tally((low, neutral, happy), frozenset(row.tapped))
