"""Dull schools, teams and people for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from leerkracht.accounts.models import Person
from leerkracht.organisations.kernel.register import folded
from leerkracht.organisations.models import (
    ColumnMemory,
    Contact,
    GoverningBody,
    Handover,
    Invitation,
    Location,
    Participation,
    Role,
    RoleAssignment,
    RosterImport,
    School,
    SchoolGovernance,
    Sector,
    SheetChange,
    SheetImport,
    SheetRows,
    Stage,
    Team,
    TeamMembership,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
LONG_AGO = date(2025, 8, 1)
_numbers = count(1)


def a_person(name: str = "", **fields: Any) -> Person:
    number = next(_numbers)
    name = name or f"Collega {number}"
    return Person.objects.create_user(
        f"{folded(name).replace(' ', '.')}.{number}@voorbeeld.invalid", name=name, **fields
    )


def a_governing_body(**fields: Any) -> GoverningBody:
    return GoverningBody.objects.create(**{"number": f"{90000 + next(_numbers)}"} | fields)


def a_school(body: GoverningBody | None = None, *, place: str = "Voorbeeldstad", **fields: Any) -> School:
    """A school with one location and a governing body."""
    code = f"{next(_numbers):04d}"
    fields = {"code": code, "name": f"School {code}", "sector": Sector.PRIMARY} | fields
    school = School.objects.create(search_text=folded(fields["name"], place, fields["code"]), **fields)
    Location.objects.create(school=school, code=f"{school.code}00", name=school.name, place=place)
    SchoolGovernance.objects.create(school=school, governing_body=body or a_governing_body(), from_date=LONG_AGO)
    return school


def a_location(school: School, **fields: Any) -> Location:
    """One more location of a school."""
    number = Location.objects.filter(school=school).count()
    return Location.objects.create(
        **{"school": school, "code": f"{school.code}{number:02d}", "name": school.name} | fields
    )


def a_team(school: School | None = None, **fields: Any) -> Team:
    return Team.objects.create(**{"school": school or a_school(), "name": f"Team {next(_numbers)}"} | fields)


def a_member(team: Team, person: Person | None = None, **fields: Any) -> TeamMembership:
    fields = {"from_date": LONG_AGO} | fields
    return TeamMembership.objects.create(team=team, person=person or a_person(), **fields)


def a_role(role: Role, person: Person | None = None, **fields: Any) -> RoleAssignment:
    fields = {"from_date": LONG_AGO} | fields
    return RoleAssignment.objects.create(role=role, person=person or a_person(), **fields)


def a_participation(school: School, stage: Stage = Stage.YEAR_1, **fields: Any) -> Participation:
    return Participation.objects.create(**{"school": school, "stage": stage, "from_date": LONG_AGO} | fields)


def a_contact(school: School | None = None, **fields: Any) -> Contact:
    if "governing_body" not in fields:
        fields["school"] = school or a_school()
    return Contact.objects.create(**{"name": f"Contact {next(_numbers)}"} | fields)


def a_handover(**fields: Any) -> Handover:
    """Of a coach who had nothing to hand over."""
    defaults = {"giver": fields.get("giver") or a_person(), "day": TODAY, "places": 0, "at": NOW}
    return Handover.objects.create(**{"by": defaults["giver"]} | defaults | fields)


def a_roster_import(**fields: Any) -> RosterImport:
    """Of a list with nobody in it."""
    fields.setdefault("at", datetime.now(UTC))
    return RosterImport.objects.create(**fields)


def a_sheet_import(*, rows: list[list[str]] | None = None, **fields: Any) -> SheetImport:
    """A draft of one sheet of schools and stages, its columns seen; ``rows`` are its cells, the head first."""
    rows = rows if rows is not None else [["code", "fase", "sinds"]]
    fields = {"columns": {"0": "school_code", "1": "stage", "2": "from_date"}, "is_understood": True} | fields
    defaults = {"batch": uuid4(), "file_name": "lijst.csv", "kind": SheetImport.Kind.STAGES, "created_at": NOW}
    sheet = SheetImport.objects.create(**{"created_by": fields.get("created_by") or a_person()} | defaults | fields)
    SheetRows.objects.create(sheet=sheet, rows=[[number, cells] for number, cells in enumerate(rows, start=1)])
    return sheet


def a_sheet_change(**fields: Any) -> SheetChange:
    defaults = {"line": 2, "table": "contact", "row_id": next(_numbers), "after": {}}
    return SheetChange.objects.create(**{"sheet": fields.get("sheet") or a_sheet_import()} | defaults | fields)


def a_column_memory(**fields: Any) -> ColumnMemory:
    return ColumnMemory.objects.create(**{"kind": SheetImport.Kind.STAGES} | fields)


def an_invitation(**fields: Any) -> Invitation:
    number = next(_numbers)
    defaults = {
        "role": Role.TEACHER,
        "seed": f"{number:032d}",
        "token_digest": f"{number:064d}",
        "created_at": NOW,
        "expires_at": datetime(2026, 12, 7, 9, 0, tzinfo=UTC),
    }
    if "team" not in fields and fields.get("role", Role.TEACHER) == Role.TEACHER:
        fields["team"] = a_team()
    if "created_by" not in fields:
        fields["created_by"] = a_person()
    return Invitation.objects.create(**defaults | fields)
