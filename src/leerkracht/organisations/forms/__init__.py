"""What people fill in about schools, teams and each other; checked here, saved by services."""

from .contacts import ContactForm
from .data_requests import EraseRequestForm
from .handover import HandoverForm
from .invitations import InvitationStateForm, InviteForm, JoinForm, NameForm, QrForm, RoleInviteForm
from .merging import MergeForm
from .rosters import RosterFileForm, RosterForm
from .schools import BodySearchForm, MapForm, SchoolSearchForm
from .teams import TeamForm, WorkDaysForm

__all__ = [
    "BodySearchForm",
    "ContactForm",
    "EraseRequestForm",
    "HandoverForm",
    "InvitationStateForm",
    "InviteForm",
    "JoinForm",
    "MapForm",
    "MergeForm",
    "NameForm",
    "QrForm",
    "RoleInviteForm",
    "RosterFileForm",
    "RosterForm",
    "SchoolSearchForm",
    "TeamForm",
    "WorkDaysForm",
]
