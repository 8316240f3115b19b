"""What this room writes in the audit trail, in words."""

from leerkracht.core.rules import gettext_noop as _

ACTS = {
    "organisations.invitation_accepted": _("Uitnodiging aangenomen"),
    "organisations.invitation_resent": _("Uitnodiging opnieuw gestuurd"),
    "organisations.invitation_revoked": _("Uitnodiging ingetrokken"),
    "organisations.invited": _("Iemand uitgenodigd"),
    "organisations.member_joined": _("Collega bij het team gekomen"),
    "organisations.member_left": _("Collega uit het team gegaan"),
    "organisations.member_returned": _("Collega terug in het team"),
    "organisations.register_imported": _("Register ingelezen"),
    "organisations.role_ended": _("Rol beëindigd"),
    "organisations.role_given": _("Rol gegeven"),
    "organisations.role_returned": _("Rol teruggegeven"),
    "organisations.stage_set": _("Fase van de school gewijzigd"),
    "organisations.team_added": _("Team gemaakt"),
    "organisations.team_archived": _("Team gearchiveerd"),
    "organisations.team_renamed": _("Team gewijzigd"),
    "organisations.team_restored": _("Team teruggehaald"),
    "organisations.work_days_set": _("Werkdagen gewijzigd"),
}
