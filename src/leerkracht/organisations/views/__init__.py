"""Pages about schools, teams, people and invitations."""

from .bodies import bodies, body, body_invite
from .contacts import (
    body_contact_add,
    contact,
    contact_archive,
    contact_restore,
    contacts,
    school_contact_add,
)
from .data_requests import data_erase, data_of, data_requests
from .foundation import invite_central, people
from .hats import hat_switch
from .imports import import_example, import_new, imports
from .invitations import invitation_qr, invitation_resend, invitation_revoke, invitations
from .joining import invitation, invitation_arrive
from .map import school_map
from .members import member_days, member_end, member_restore, team_invite, team_qr
from .merging import merge, merge_undo
from .portfolios import handover_undo, portfolio, portfolios
from .regions import region_remove, regions, register_imports
from .roles import role_end, role_restore, school_invite
from .rosters import roster, roster_undo
from .schools import school, school_history, schools
from .sheets import (
    import_apply,
    import_columns,
    import_drop,
    import_invite,
    import_refused,
    import_undo,
    import_words,
    sheet,
)
from .teams import team, team_add, team_archive, team_change, team_restore

__all__ = [
    "bodies",
    "body",
    "body_contact_add",
    "body_invite",
    "contact",
    "contact_archive",
    "contact_restore",
    "contacts",
    "data_erase",
    "data_of",
    "data_requests",
    "handover_undo",
    "hat_switch",
    "import_apply",
    "import_columns",
    "import_drop",
    "import_example",
    "import_invite",
    "import_new",
    "import_refused",
    "import_undo",
    "import_words",
    "imports",
    "invitation",
    "invitation_arrive",
    "invitation_qr",
    "invitation_resend",
    "invitation_revoke",
    "invitations",
    "invite_central",
    "member_days",
    "member_end",
    "member_restore",
    "merge",
    "merge_undo",
    "people",
    "portfolio",
    "portfolios",
    "region_remove",
    "regions",
    "register_imports",
    "role_end",
    "role_restore",
    "roster",
    "roster_undo",
    "school",
    "school_contact_add",
    "school_history",
    "school_invite",
    "school_map",
    "schools",
    "sheet",
    "team",
    "team_add",
    "team_archive",
    "team_change",
    "team_invite",
    "team_qr",
    "team_restore",
]
