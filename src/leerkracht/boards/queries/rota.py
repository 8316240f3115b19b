"""Whose turn it is at a board: members, work days and earlier sessions for the rota."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from leerkracht.core.kernel.periods import works_on
from leerkracht.organisations.models import Role, RoleAssignment, TeamMembership
from leerkracht.organisations.permissions import during

from ..kernel import rota
from ..models import Board, BoardSession
from .boards import members_of

LOOK_BACK = 60


@dataclass(frozen=True)
class Turns:
    """Everything the rota asks about one board on one day."""

    members: tuple[rota.Member, ...]
    history: tuple[rota.Turn, ...]
    held: int
    on: date

    def propose(self, away: Iterable[int] = ()) -> rota.Roles:
        return rota.propose(self.members, self.on, self.history, away=away, held=self.held)

    def order(self, role: str, away: Iterable[int] = ()) -> list[int]:
        return rota.candidates(role, self.members, self.on, self.history, away=away, held=self.held)

    @property
    def expected(self) -> frozenset[int]:
        """Who works that day in the team, and the coach as long as the coach leads; everybody on a day off for all."""
        asked = [m for m in self.members if m.is_in_team or (m.is_coach and self.held < rota.COACHED_SESSIONS)]
        working = [m for m in asked if works_on(m.work_days, self.on)]
        return frozenset(m.id for m in working or asked)


def turns_for(board: Board, on: date) -> Turns:
    """Read members, work days and earlier sessions of ``board``; four queries."""
    sessions = BoardSession.objects.filter(board=board, state=BoardSession.State.CLOSED, started_at__isnull=False)
    recent = sessions.order_by("-started_at", "pk")
    rows = recent.values_list("planned_date", "leader", "timekeeper", "notetaker")[:LOOK_BACK]
    history = tuple(rota.Turn(*row) for row in rows)
    held = len(history) if len(history) < LOOK_BACK else sessions.count()
    return Turns(tuple(_members(board, on)), history, held, on)


def _members(board: Board, on: date) -> Iterable[rota.Member]:
    memberships = {m.person_id: m for m in TeamMembership.objects.filter(during(on), team=board.team_id)}
    coaching = RoleAssignment.objects.filter(during(on), school=board.school_id, role=Role.SCHOOL_COACH)
    coaches = set(coaching.values_list("person", flat=True))
    for person in members_of(board, on).order_by("pk").values_list("pk", flat=True):
        row = memberships.get(person)
        yield rota.Member(
            id=person,
            work_days=row.work_days if row else TeamMembership.EVERY_DAY,
            is_in_team=row is not None or board.team_id is None,
            is_coach=person in coaches,
            since=row.from_date if row else None,
        )
