"""Who belongs where, and since when: governing bodies, schools, locations, teams, roles, participation."""

from .contacts import Contact
from .handover import Handover
from .people import Invitation, Role, RoleAssignment, TeamMembership
from .register import (
    FormerName,
    GoverningBody,
    Identifier,
    Location,
    PostcodeArea,
    Province,
    PupilCount,
    Region,
    RegisterImport,
    School,
    SchoolGovernance,
    Sector,
)
from .roster import RosterImport
from .schools import Participation, Stage, Team

__all__ = [
    "Contact",
    "FormerName",
    "GoverningBody",
    "Handover",
    "Identifier",
    "Invitation",
    "Location",
    "Participation",
    "PostcodeArea",
    "Province",
    "PupilCount",
    "Region",
    "RegisterImport",
    "Role",
    "RoleAssignment",
    "RosterImport",
    "School",
    "SchoolGovernance",
    "Sector",
    "Stage",
    "Team",
    "TeamMembership",
]
