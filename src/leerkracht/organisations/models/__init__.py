"""Who belongs where, and since when: governing bodies, schools, locations, teams, roles, participation."""

from .people import Invitation, Role, RoleAssignment, TeamMembership
from .register import GoverningBody, Identifier, Location, RegisterImport, School, SchoolGovernance, Sector
from .schools import Participation, Stage, Team

__all__ = [
    "GoverningBody",
    "Identifier",
    "Invitation",
    "Location",
    "Participation",
    "RegisterImport",
    "Role",
    "RoleAssignment",
    "School",
    "SchoolGovernance",
    "Sector",
    "Stage",
    "Team",
    "TeamMembership",
]
