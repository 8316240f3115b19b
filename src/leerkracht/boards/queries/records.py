"""Records of sessions, read from the log: one, a list, and what somebody missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import TeamMembership
from leerkracht.organisations.permissions import during

from ..kernel import record as kernel
from ..kernel.record import Line, Phrase, Record
from ..models import Attendance, Board, BoardSession, Operation
from ..rules.entities import BoardState, Session
from ..rules.fold import fold
from .card_words import figure
from .state import as_now, changes_of, merged_people, rows_of

JUST_NOW = timedelta(minutes=10)
SHOWN_TO_ABSENT = timedelta(days=8)
SORTS = {"date": "planned_date", "leader": "leader__name", "present": "present"}
SEARCHED = ("text", "detail", "top", "tip", "remark", "kept", "reason")


@dataclass(frozen=True)
class Told:
    """A record with the names that belong to it."""

    record: Record
    people: Mapping[int, Person]
    missing: tuple[Person, ...] = ()

    @property
    def session(self) -> Session:
        return self.record.session

    @property
    def headline(self) -> str:
        return said(kernel.headline(self.record))

    def summary(self, person: int | None = None) -> list[str]:
        return [said(phrase) for phrase in kernel.summary(self.record, person=person)]

    def names(self, ids: Iterable[int]) -> list[str]:
        return [str(self.people[key]) for key in ids if key in self.people]

    def name(self, key: int | None) -> str:
        return str(self.people[key]) if key is not None and key in self.people else ""

    @property
    def sittings(self) -> list[dict[str, Any]]:
        """Per group: names, who led, and the minutes used."""
        return [
            {
                "number": sitting.number,
                "names": self.names(sitting.present),
                "leader": self.name(sitting.roles.get("leader")),
                "minutes": max(1, round(sitting.seconds / 60)),
            }
            for sitting in self.record.sittings
        ]


def record_for(board: Board, session_id: UUID) -> Told | None:
    """Build the record of one session by folding the log up to its end; ``None`` when the board has no such session."""
    rows = rows_of("session", BoardSession.objects.filter(board=board.pk, pk=session_id))
    if not rows:
        return None
    before, lines = _split(board, session_id)
    told = kernel.record(before, lines, rows[session_id])
    return Told(told, _people(told), _missing(board, told))


def first_group(board: Board, session: Session) -> Told | None:
    """What the first sitting did, for the second."""
    return record_for(board, session.id)


def just_closed(board: Board, now: datetime) -> UUID | None:
    """The session that ended a moment ago: who comes back to its page wants the record."""
    closed = BoardSession.objects.filter(board=board.pk, state=BoardSession.State.CLOSED, ended_at__gt=now - JUST_NOW)
    return closed.order_by("-ended_at", "pk").values_list("pk", flat=True).first()


def closing_line(board: Board, session_id: UUID) -> UUID | None:
    """The line that closed the session, while nothing was written after it: that can be taken back."""
    lines = Operation.objects.filter(board=board.pk, seq__gt=board.last_seq - 2, session_id=session_id)
    return lines.filter(kind="session.close").order_by("-seq").values_list("pk", flat=True).first()


def sessions_of(board: Board, *, words: str = "", sort: str = "-date") -> QuerySet[BoardSession]:
    """Sessions held or skipped, filtered by words that were written in them."""
    known = (BoardSession.State.CLOSED, BoardSession.State.SKIPPED)
    here = Count("attendances__person", filter=Q(attendances__is_present=True), distinct=True)
    rows = BoardSession.objects.filter(board=board.pk, state__in=known).select_related("leader").annotate(present=here)
    if words.strip():
        rows = rows.filter(Q(pk__in=_written_in(board, words)) | Q(leader__name__icontains=words.strip()))
    field = SORTS.get(sort.removeprefix("-"), "planned_date")
    return rows.order_by(f"{'-' if sort.startswith('-') else ''}{field}", "-planned_date", "pk")


def missed_by(person: Person, now: datetime) -> list[tuple[Board, Told]]:
    """The latest session of each own team of the last week that ``person`` was not at, with its five lines."""
    today = timezone.localdate(now)
    teams = TeamMembership.objects.filter(during(today), person=person).values("team")
    recent = BoardSession.objects.filter(
        board__team__in=teams,
        board__kind=Board.Kind.IMPROVEMENT,
        board__archived_at=None,
        state=BoardSession.State.CLOSED,
        ended_at__gt=now - SHOWN_TO_ABSENT,
    ).select_related("board__team", "board__school")
    latest = {row.board_id: row for row in recent.order_by("ended_at", "pk")}
    was_there = Attendance.objects.filter(session__in=[s.pk for s in latest.values()], person=person, is_present=True)
    seen = set(was_there.values_list("session", flat=True))
    found = ((row.board, record_for(row.board, row.pk)) for row in latest.values() if row.pk not in seen)
    return [(board, told) for board, told in found if told is not None]


def minutes_of(session: BoardSession) -> int:
    """Minutes of the longest sitting."""
    return max((max(1, round(sum(steps.values()) / 60)) for steps in session.spent.values()), default=0)


def said(phrase: Phrase) -> str:
    """Put a phrase in the reader's language, days and figures in words."""
    return _(phrase.text) % {name: _value(value) for name, value in phrase.values.items()}


def _value(value: object) -> object:
    if isinstance(value, date):
        return date_format(value, "l j F").lower()
    return figure(value) if isinstance(value, float) else value if value is not None else "–"


def _split(board: Board, session_id: UUID) -> tuple[BoardState, list[Line]]:
    """The board as it was when the session started, and the session's own lines."""
    state = BoardState()
    lines: list[Line] = []
    log = Operation.objects.filter(board=board.pk).order_by("seq")
    last = log.filter(session_id=session_id).order_by("-seq").values_list("seq", flat=True).first() or 0
    merged = merged_people()
    for row in log.filter(seq__lte=last).only("seq", "kind", "session_id", "changes").iterator():
        changes = as_now(changes_of(row), merged)
        if row.session_id == session_id and (lines or row.kind == "session.start"):
            lines.append(Line(row.kind, changes))
        elif not lines:
            fold(state, changes, seq=row.seq)
    return state, lines


def _people(told: Record) -> dict[int, Person]:
    cards = (*told.new_actions, *told.done, *told.carried, *told.dropped)
    ids = set(told.present) | {a.owner for a in cards}
    ids |= {n.person for n in (*told.successes, *told.planned, *told.parked, *told.help) if n.person}
    ids |= {person for sitting in told.sittings for person in sitting.roles.values() if person}
    return {person.pk: person for person in Person.objects.filter(pk__in=ids)}


def _missing(board: Board, told: Record) -> tuple[Person, ...]:
    """Members of the team, then, who stood in neither sitting."""
    if board.team_id is None:
        return ()
    members = TeamMembership.objects.filter(during(told.session.planned_date), team=board.team_id).values("person")
    away = Person.objects.filter(pk__in=members, is_active=True).exclude(pk__in=told.present)
    return tuple(away.order_by("name", "pk"))


def _written_in(board: Board, words: str) -> list[UUID]:
    """Sessions in whose lines all ``words`` were written."""
    wanted = words.casefold().split()
    found: dict[UUID, str] = {}
    rows = Operation.objects.filter(board=board.pk, session_id__isnull=False).values_list("session_id", "payload")
    for session_id, raw in rows:
        values = msgspec.json.decode(bytes(raw)) if raw else {}
        texts = [str(values[name]) for name in SEARCHED if values.get(name)]
        if texts and session_id is not None:
            found[session_id] = " ".join([found.get(session_id, ""), *texts]).casefold()
    return [key for key, text in found.items() if all(word in text for word in wanted)]
