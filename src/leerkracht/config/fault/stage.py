"""The scene of a trial: an empty database with one team, its board, and people who are already signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.sessions import BEGAN_AT, SEEN_AT
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services.people import make_person
from leerkracht.boards.models import Board
from leerkracht.boards.rules.operations import PAYLOADS, Operation
from leerkracht.boards.services import operations, setup
from leerkracht.organisations.models import Role, RoleAssignment, School, Team, TeamMembership

AT_ONCE = 100


class NotEmpty(Exception):
    """The database holds people already; a trial never touches those."""


@dataclass(frozen=True)
class Stage:
    """What a client needs to know. The first person is the coach of the school and reaches all ``boards``."""

    board: int
    boards: list[int]
    people: list[int]
    cookies: list[dict[str, str]]
    sections: dict[str, str]


def build(*, people: int, cards: int, boards: int = 1, now: datetime) -> Stage:
    """Make ``people`` signed-in colleagues, a board with ``cards`` cards, and empty ones up to ``boards`` boards."""
    if Person.objects.exists():
        raise NotEmpty("this database holds people already; a trial needs an empty one")
    school = School.objects.create(code="ZZ99", name="De Proefschool", sector="PO")
    team = Team.objects.create(school=school, name="Proefteam")
    members = [_member(team, number, now) for number in range(people)]
    _coach(school, members[0], now)
    board = _open(team, now)
    others = [_open(Team.objects.create(school=school, name=f"Proefteam {n}"), now) for n in range(2, boards + 1)]
    sections = {kind: str(key) for kind, key in board.sections.values_list("kind", "id")}
    _hang(board, members, sections, cards, now)
    cookies = [_signed_in(member, now) for member in members]
    return Stage(board.pk, [b.pk for b in (board, *others)], [m.pk for m in members], cookies, sections)


def _open(team: Team, now: datetime) -> Board:
    setup.open_team_boards(team=team, by=THE_SYSTEM, now=now)
    return Board.objects.get(team=team, kind=Board.Kind.IMPROVEMENT)


def _coach(school: School, person: Person, now: datetime) -> None:
    since = timezone.localdate(now) - timedelta(days=90)
    RoleAssignment.objects.create(school=school, person=person, role=Role.SCHOOL_COACH, from_date=since)


def _member(team: Team, number: int, now: datetime) -> Person:
    person = make_person(
        email=f"proef{number}@voorbeeld.invalid", name=f"Collega Nummer{number}", by=THE_SYSTEM, now=now
    )
    TeamMembership.objects.create(team=team, person=person, from_date=timezone.localdate(now) - timedelta(days=90))
    return person


def _signed_in(person: Person, now: datetime) -> dict[str, str]:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store[BEGAN_AT] = store[SEEN_AT] = now.timestamp()
    store.create()
    return {settings.SESSION_COOKIE_NAME: str(store.session_key)}


def _hang(board: Board, members: list[Person], sections: dict[str, str], cards: int, now: datetime) -> None:
    """Hang a mix of cards as on a board in use: two in five an action, the rest in the other sections."""
    kinds = ("SUCCESSES", "PLANNING", "PARKED")
    asked: list[Operation] = []
    for number in range(cards):
        text = f"Kaart {number} met een tekst zoals een team hem schrijft"
        if number % 5 < 2:
            owner = members[number % len(members)].pk
            due = timezone.localdate(now) + timedelta(days=number % 14)
            payload = PAYLOADS["action.add"](id=uuid4(), text=text, owner=owner, due_date=due)
        else:
            section = UUID(sections[kinds[number % 3]])
            payload = PAYLOADS["note.add"](id=uuid4(), section=section, text=text, detail="Met een korte toelichting")
        asked.append(Operation(uuid4(), payload))
    for start in range(0, len(asked), AT_ONCE):
        results = operations.apply(board_id=board.pk, by=THE_SYSTEM, operations=asked[start : start + AT_ONCE], now=now)
        for result in results:
            if result.refusal is not None:
                raise result.refusal
