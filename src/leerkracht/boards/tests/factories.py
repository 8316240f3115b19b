"""Boards with dull defaults; people are named for what they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor, person_actor
from leerkracht.boards.models import Board
from leerkracht.boards.rules.operations import PAYLOADS, Operation
from leerkracht.boards.services import operations, setup
from leerkracht.boards.services.operations import Result
from leerkracht.organisations.models import Role, RoleAssignment, School, Team, TeamMembership

NOW = datetime(2026, 11, 17, 13, 30, tzinfo=UTC)  # a Tuesday afternoon in a school week
TODAY = date(2026, 11, 17)
_numbers = count(1)


def a_person(name: str = "Collega Naam") -> Person:
    return Person.objects.create_user(f"persoon{next(_numbers)}@voorbeeld.invalid", name=name)


def a_school(name: str = "De Voorbeeldschool", sector: str = "PO") -> School:
    return School.objects.create(code=f"99{next(_numbers):03d}", name=name, sector=sector)


def a_team(school: School | None = None, name: str = "") -> Team:
    return Team.objects.create(school=school or a_school(), name=name or f"Team {next(_numbers)}")


def a_member(team: Team, name: str = "Lid Van Het Team") -> Person:
    person = a_person(name)
    TeamMembership.objects.create(team=team, person=person, from_date=TODAY - timedelta(days=100))
    return person


def a_role(role: Role, school: School | None = None, person: Person | None = None) -> Person:
    person = person or a_person()
    RoleAssignment.objects.create(person=person, role=role, school=school, from_date=TODAY - timedelta(days=100))
    return person


def a_board(team: Team | None = None, kind: str = Board.Kind.IMPROVEMENT) -> Board:
    team = team or a_team()
    setup.open_team_boards(team=team, by=Actor("SYSTEM"), now=NOW)
    return Board.objects.get(team=team, kind=kind)


def an_operation(kind: str, *, operation_id: UUID | None = None, **payload: Any) -> Operation:
    return Operation(operation_id or uuid4(), PAYLOADS[kind](**payload))


def do(board: Board, by: Person | Actor, *asked: Operation, now: datetime = NOW) -> list[Result]:
    """Apply operations as ``by`` and return the answers."""
    actor = person_actor(by.pk) if isinstance(by, Person) else by
    return operations.apply(board_id=board.pk, by=actor, operations=asked, now=now)


def section_of(board: Board, kind: str) -> UUID:
    return board.sections.get(kind=kind).pk
