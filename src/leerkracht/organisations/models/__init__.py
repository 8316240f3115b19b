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
    SearchWord,
    Sector,
)
from .roster import RosterImport
from .schools import Participation, Stage, Team
from .sheets import ColumnMemory, SheetChange, SheetImport, SheetRows

__all__ = [
    "ColumnMemory",
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
    "SearchWord",
    "Sector",
    "SheetChange",
    "SheetImport",
    "SheetRows",
    "Stage",
    "Team",
    "TeamMembership",
]
