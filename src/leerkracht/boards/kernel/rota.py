"""Who leads, keeps time and takes notes today: the one whose turn is longest ago, of those who are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from leerkracht.core.kernel.periods import works_on

ROLES = ("leader", "timekeeper", "notetaker")
COACHED_SESSIONS = 3
SETTLING_IN = timedelta(weeks=3)


@dataclass(frozen=True)
class Member:
    """Somebody who may take a role: work days (bit 0 is Monday), in the team or beside it, and since when."""

    id: int
    work_days: int = 0b11111
    is_in_team: bool = True
    is_coach: bool = False
    since: date | None = None


@dataclass(frozen=True)
class Turn:
    """Who did what in one session that was held."""

    day: date
    leader: int | None = None
    timekeeper: int | None = None
    notetaker: int | None = None


Roles = dict[str, int | None]


def propose(
    members: Sequence[Member],
    on: date,
    history: Sequence[Turn] = (),
    *,
    away: Iterable[int] = (),
    held: int | None = None,
) -> Roles:
    """Propose leader, timekeeper and notetaker for a session.

    Parameters
    ----------
    members : who belongs at the board; the order does not matter
    on : day of the session; only who works that day is asked, unless nobody in the room does
    history : sessions held before, in any order
    away : ids of who is not in the room
    held : number of sessions the team has held; the length of ``history`` when not given

    Returns
    -------
    an id per role, ``None`` for a role that nobody is left for; nobody has two roles

    Notes
    -----
    A coach leads the first three sessions, a member of the team after that. Per role the turn goes to who had it
    longest ago, then to who had any role longest ago, then to the lowest id: nobody leads twice before all who are in
    have led. Who joined less than three weeks ago leads only when all in the room did.
    """
    taken: list[int] = []
    found: Roles = {}
    for role in ROLES:
        order = candidates(role, members, on, history, away=away, held=held)
        found[role] = next((person for person in order if person not in taken), None)
        taken += [person for person in (found[role],) if person is not None]
    return found


def candidates(
    role: str,
    members: Sequence[Member],
    on: date,
    history: Sequence[Turn] = (),
    *,
    away: Iterable[int] = (),
    held: int | None = None,
) -> list[int]:
    """Everybody in the room in order of turn for ``role``; a swap takes the next one."""
    absent = frozenset(away)
    sessions = len(history) if held is None else held
    here = [member for member in members if member.id not in absent]
    last, last_any = _last(history, (role,)), _last(history, ROLES)

    def turn(member: Member) -> tuple[bool, bool, bool, date, date, int]:
        is_coached = role == "leader" and sessions < COACHED_SESSIONS
        return (
            not works_on(member.work_days, on),
            (not member.is_coach) if is_coached else (not member.is_in_team),
            role == "leader" and member.since is not None and on - member.since < SETTLING_IN,
            last.get(member.id, date.min),
            last_any.get(member.id, date.min),
            member.id,
        )

    return [member.id for member in sorted(here, key=turn)]


def next_after(role: str, roles: Mapping[str, int | None], order: Sequence[int]) -> Roles:
    """Give ``role`` to the next in ``order``; who held that place before swaps with them."""
    changed = dict(roles)
    if not order:
        return changed
    current = roles.get(role)
    index = order.index(current) + 1 if current in order else 0
    chosen = order[index % len(order)]
    for other, person in roles.items():
        if other != role and person == chosen:
            changed[other] = current
    changed[role] = chosen
    return changed


def settle(chosen: Mapping[str, int | None], here: frozenset[int], proposal: Mapping[str, int | None]) -> Roles:
    """Keep what was chosen of people in the room; fill the rest from ``proposal`` without doubling anybody."""
    kept: Roles = {}
    for role in ROLES:
        person = chosen.get(role)
        kept[role] = person if person in here and person not in kept.values() else None
    for role in ROLES:
        if kept[role] is None:
            kept[role] = next((p for p in (proposal.get(role), *proposal.values()) if p not in kept.values()), None)
    return kept


def _last(history: Sequence[Turn], roles: Sequence[str]) -> dict[int, date]:
    """The day each person last had one of ``roles``."""
    days: dict[int, date] = {}
    for turn in history:
        for role in roles:
            person = getattr(turn, role)
            if person is not None:
                days[person] = max(turn.day, days.get(person, date.min))
    return days
