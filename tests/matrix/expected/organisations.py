"""Schools, teams, people, invitations: the row "school set-up, teams, invitations".

Register facts are everybody's. A teacher reads the own team, never the other; outside coaches and the governing body
read the own schools; school coach, school leader and central team edit. The administrator is not in access.md: the
first issue lets them invite the central team, and nothing else is theirs.
"""

from __future__ import annotations

from ..rows import Row, open_row, row

EDIT = "school central"
# Who read the set-up of the school and its teams, besides who edits it; of its teachers only the team's own.
READ_TEAM = "member outside lead"
READ_SCHOOL = "member colleague outside lead"
OVERSEE = "school outside lead central administrator coach_elsewhere leader_elsewhere expert_elsewhere change_elsewhere"
OVERSEE += " lead_elsewhere"

MATRIX: dict[tuple[str, str], Row] = {
    ("GET", "organisations:hat-switch"): row(rest="405"),
    ("POST", "organisations:hat-switch"): row("signed_in"),
    # Register facts; what more they show is the canaries' affair.
    ("GET", "organisations:schools"): row("signed_in"),
    ("POST", "organisations:schools"): row("signed_in"),
    ("GET", "organisations:school"): row("signed_in"),
    ("POST", "organisations:school"): row("signed_in"),
    ("GET", "organisations:school-map"): row("signed_in"),
    ("POST", "organisations:school-map"): row("signed_in"),
    ("GET", "organisations:bodies"): row("signed_in"),
    ("POST", "organisations:bodies"): row("signed_in"),
    ("GET", "organisations:body"): row("signed_in"),
    ("POST", "organisations:body"): row("signed_in"),
    # The school's set-up.
    # Who oversees some school, and who invites the foundation's people.
    ("GET", "organisations:invitations"): row(f"{OVERSEE}"),
    ("POST", "organisations:invitations"): row(f"{OVERSEE}"),
    ("GET", "organisations:school-history"): row("school central outside lead", no="member colleague"),
    ("POST", "organisations:school-history"): row("school central outside lead", no="member colleague"),
    ("GET", "organisations:school-invite"): row(EDIT, no=READ_SCHOOL),
    ("POST", "organisations:school-invite"): row(EDIT, no=READ_SCHOOL),
    # A school without a school coach: outside coaches invite the first.
    ("GET", "organisations:school-invite@first"): row("central expert change change_of_body", no="lead"),
    ("POST", "organisations:school-invite@first"): row("central expert change change_of_body", no="lead"),
    ("GET", "organisations:team-add"): row(EDIT, no=READ_SCHOOL),
    ("POST", "organisations:team-add"): row(EDIT, no=READ_SCHOOL),
    ("GET", "organisations:team-add@first"): row("central", no="expert change change_of_body lead"),
    ("POST", "organisations:team-add@first"): row("central", no="expert change change_of_body lead"),
    # One team.
    ("GET", "organisations:team"): row(f"{EDIT} {READ_TEAM}"),
    ("POST", "organisations:team"): row(f"{EDIT} {READ_TEAM}"),
    ("GET", "organisations:team-change"): row(EDIT, no=READ_TEAM),
    ("POST", "organisations:team-change"): row(EDIT, no=READ_TEAM),
    ("GET", "organisations:team-archive"): row(rest="405"),
    ("POST", "organisations:team-archive"): row(EDIT, no=READ_TEAM),
    ("GET", "organisations:team-restore"): row(rest="405"),
    ("POST", "organisations:team-restore"): row(EDIT, no=READ_TEAM),
    ("GET", "organisations:team-invite"): row(EDIT, no=READ_TEAM),
    ("POST", "organisations:team-invite"): row(EDIT, no=READ_TEAM),
    ("GET", "organisations:team-qr"): row(rest="405"),
    ("POST", "organisations:team-qr"): row(EDIT, no=READ_TEAM),
    ("GET", "organisations:member-days"): row(EDIT, no=READ_TEAM),
    ("POST", "organisations:member-days"): row(EDIT, no=READ_TEAM),
    ("GET", "organisations:member-end"): row(rest="405"),
    ("POST", "organisations:member-end"): row(EDIT, no=READ_TEAM),
    ("GET", "organisations:member-restore"): row(rest="405"),
    ("POST", "organisations:member-restore"): row(EDIT, no=READ_TEAM),
    # Roles: who may hand one out may take it back.
    ("GET", "organisations:role-end"): row(rest="405"),
    ("POST", "organisations:role-end"): row(EDIT, no=READ_SCHOOL),
    ("POST", "organisations:role-end@body"): row("central", no="lead change_of_body"),
    ("POST", "organisations:role-end@everywhere"): row("central", no="administrator"),
    ("POST", "organisations:role-end@central"): row("administrator", no="central"),
    ("GET", "organisations:role-restore"): row(rest="405"),
    ("POST", "organisations:role-restore"): row(EDIT, no=READ_SCHOOL),
    ("POST", "organisations:role-restore@body"): row("central", no="lead change_of_body"),
    ("POST", "organisations:role-restore@everywhere"): row("central", no="administrator"),
    ("POST", "organisations:role-restore@central"): row("administrator", no="central"),
    # A governing body's people, and those who work everywhere.
    ("GET", "organisations:body-invite"): row("central", no="lead change_of_body"),
    ("POST", "organisations:body-invite"): row("central", no="lead change_of_body"),
    ("GET", "organisations:people"): row("central administrator"),
    ("POST", "organisations:people"): row("central administrator"),
    # A staff roster is set-up of the school.
    ("GET", "organisations:roster"): row(EDIT, no=READ_SCHOOL),
    ("POST", "organisations:roster"): row(EDIT, no=READ_SCHOOL),
    ("GET", "organisations:roster-undo"): row(rest="405"),
    ("POST", "organisations:roster-undo"): row(EDIT, no=READ_SCHOOL),
    # Who coaches which places, and to whom they go: the central team arranges it.
    ("GET", "organisations:portfolios"): row("central"),
    ("POST", "organisations:portfolios"): row("central"),
    ("GET", "organisations:portfolio"): row("central"),
    ("POST", "organisations:portfolio"): row("central"),
    ("GET", "organisations:handover-undo"): row(rest="405"),
    ("POST", "organisations:handover-undo"): row("central"),
    # The same colleague twice: whoever may invite for the foundation, within the roles that they may hand out.
    # On request of the person: access.md, last row.
    ("GET", "organisations:data-requests"): row("central"),
    ("POST", "organisations:data-requests"): row("central"),
    ("GET", "organisations:data-of"): row(rest="405"),
    ("POST", "organisations:data-of"): row("central"),
    ("GET", "organisations:data-erase"): row(rest="405"),
    ("POST", "organisations:data-erase"): row("central"),
    ("GET", "organisations:merge"): row("central administrator"),
    ("POST", "organisations:merge"): row("central administrator"),
    ("GET", "organisations:merge-undo"): row(rest="405"),
    ("POST", "organisations:merge-undo"): row("central administrator"),
    ("GET", "organisations:invite-central"): row("central administrator"),
    ("POST", "organisations:invite-central"): row("central administrator"),
    # Contacts: the row "prospects, pipeline, contacts, tasks". The list of a keeper elsewhere holds those elsewhere.
    ("GET", "organisations:contacts"): row("central keepers expert_of_region_elsewhere"),
    ("POST", "organisations:contacts"): row("central keepers expert_of_region_elsewhere"),
    ("GET", "organisations:school-contact-add"): row("central keepers"),
    ("POST", "organisations:school-contact-add"): row("central keepers"),
    ("GET", "organisations:body-contact-add"): row("central keepers"),
    ("POST", "organisations:body-contact-add"): row("central keepers"),
    ("GET", "organisations:contact"): row("central keepers"),
    ("POST", "organisations:contact"): row("central keepers"),
    ("GET", "organisations:contact@body"): row("central keepers"),
    ("GET", "organisations:contact@keptelsewhere"): row("central expert_of_region_elsewhere"),
    ("GET", "organisations:contact-archive"): row(rest="405"),
    ("POST", "organisations:contact-archive"): row("central keepers"),
    ("GET", "organisations:contact-restore"): row(rest="405"),
    ("POST", "organisations:contact-restore"): row("central keepers"),
    # The foundation's own lists (stage, pipeline, contacts, coaches): the central team alone edits all of these.
    ("GET", "organisations:imports"): row("central"),
    ("POST", "organisations:imports"): row("central"),
    ("GET", "organisations:import-new"): row("central"),
    ("POST", "organisations:import-new"): row("central"),
    ("GET", "organisations:import-example"): row("central"),
    ("POST", "organisations:import-example"): row("central"),
    ("GET", "organisations:import"): row("central"),
    ("POST", "organisations:import"): row("central"),
    ("GET", "organisations:import-columns"): row("central"),
    ("POST", "organisations:import-columns"): row("central"),
    ("GET", "organisations:import-words"): row(rest="405"),
    ("POST", "organisations:import-words"): row("central"),
    ("GET", "organisations:import-apply"): row(rest="405"),
    ("POST", "organisations:import-apply"): row("central"),
    ("GET", "organisations:import-refused"): row("central"),
    ("POST", "organisations:import-refused"): row("central"),
    ("GET", "organisations:import-undo"): row(rest="405"),
    ("POST", "organisations:import-undo"): row("central"),
    ("GET", "organisations:import-drop"): row(rest="405"),
    ("POST", "organisations:import-drop"): row("central"),
    ("GET", "organisations:import-invite"): row(rest="405"),
    ("POST", "organisations:import-invite"): row("central"),
    # Regions of the foundation, and what was read in: access.md is silent, so the central team alone.
    ("GET", "organisations:regions"): row("central"),
    ("POST", "organisations:regions"): row("central"),
    ("GET", "organisations:region-remove"): row(rest="405"),
    ("POST", "organisations:region-remove"): row("central"),
    ("GET", "organisations:register-imports"): row("central"),
    ("POST", "organisations:register-imports"): row("central"),
    # Invitations: of a team (the code on the wall), of a school, of a body, of who works everywhere.
    ("GET", "organisations:invitation-qr"): row(EDIT, no=READ_TEAM),
    ("POST", "organisations:invitation-qr"): row(EDIT, no=READ_TEAM),
    ("GET", "organisations:invitation-qr@school"): row("", no=READ_SCHOOL),  # mailed: nobody sees its secret
    ("GET", "organisations:invitation-resend"): row(rest="405"),
    ("POST", "organisations:invitation-resend"): row(EDIT, no=READ_TEAM),
    ("POST", "organisations:invitation-resend@school"): row(EDIT, no=READ_SCHOOL),
    ("POST", "organisations:invitation-resend@body"): row("central", no="lead change_of_body"),
    ("POST", "organisations:invitation-resend@everywhere"): row("central", no="administrator"),
    ("POST", "organisations:invitation-resend@central"): row("administrator", no="central"),
    ("GET", "organisations:invitation-revoke"): row(rest="405"),
    ("POST", "organisations:invitation-revoke"): row(EDIT, no=READ_TEAM),
    ("POST", "organisations:invitation-revoke@school"): row(EDIT, no=READ_SCHOOL),
    ("POST", "organisations:invitation-revoke@body"): row("central", no="lead change_of_body"),
    ("POST", "organisations:invitation-revoke@everywhere"): row("central", no="administrator"),
    ("POST", "organisations:invitation-revoke@central"): row("administrator", no="central"),
    ("GET", "organisations:invitation-arrive"): row("signed_in"),
    ("POST", "organisations:invitation-arrive"): row("signed_in"),
    # Whoever holds the link: a code on the wall is for all; a mailed one only for its mailbox (409 to another person).
    ("GET", "organisations:invitation"): open_row(),
    ("POST", "organisations:invitation"): open_row(),
    ("GET", "organisations:invitation@central"): open_row("cookies half", rest="409"),
    ("POST", "organisations:invitation@central"): open_row("cookies half", rest="409"),
}
