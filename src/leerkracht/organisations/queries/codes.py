"""Schools by the code that others know them by."""

from __future__ import annotations

from datetime import date

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import Invitation, Role, School, SchoolGovernance
from leerkracht.organisations.permissions import during, schools_as

_SOMEWHERE = frozenset(Role) - {Role.CENTRAL_TEAM}


def works_at(person: Person, school_code: str, on: date) -> bool:
    """Whether somebody has a role or a team at the school with this code, or at its governing body, on that day."""
    return School.objects.filter(schools_as(person, _SOMEWHERE, on), code=school_code).exists()


def leads_to(invitation: Invitation, school_code: str, on: date) -> bool:
    """Whether an invitation is for that school or its governing body; one for everywhere is for no school."""
    if invitation.governing_body_id:
        there = SchoolGovernance.objects.filter(during(on), governing_body=invitation.governing_body_id)
        return there.filter(school__code=school_code).exists()
    school = invitation.team.school if invitation.team else invitation.school
    return school is not None and school.code == school_code
