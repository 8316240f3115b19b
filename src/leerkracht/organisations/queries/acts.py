"""What this room writes in the audit trail, in words."""

from leerkracht.core.rules import gettext_noop as _

ACTS = {
    "organisations.register_imported": _("Register ingelezen"),
    "organisations.regions_arranged": _("Regio’s gewijzigd"),
    "organisations.region_removed": _("Regio weggehaald"),
    "organisations.stage_set": _("Fase van de school gewijzigd"),
    "organisations.team_added": _("Team gemaakt"),
    "organisations.team_renamed": _("Team hernoemd"),
    "organisations.team_archived": _("Team gearchiveerd"),
    "organisations.team_restored": _("Team teruggehaald"),
    "organisations.member_joined": _("Teamlid erbij"),
    "organisations.member_left": _("Teamlid eraf"),
    "organisations.member_returned": _("Teamlid teruggezet"),
    "organisations.work_days_set": _("Werkdagen gewijzigd"),
    "organisations.role_given": _("Rol gegeven"),
    "organisations.role_ended": _("Rol beëindigd"),
    "organisations.role_returned": _("Rol teruggezet"),
    "organisations.contact_added": _("Contact toegevoegd"),
    "organisations.contact_changed": _("Contact gewijzigd"),
    "organisations.contact_archived": _("Contact in het archief"),
    "organisations.contact_restored": _("Contact teruggehaald"),
    "organisations.portfolio_handed_over": _("Plekken van een coach overgedragen"),
    "organisations.handover_undone": _("Overdracht teruggedraaid"),
    "organisations.people_merged": _("Twee mensen samengevoegd"),
    "organisations.merge_undone": _("Samenvoegen teruggedraaid"),
    "organisations.invited": _("Uitgenodigd"),
    "organisations.invitation_resent": _("Uitnodiging opnieuw gestuurd"),
    "organisations.invitation_revoked": _("Uitnodiging ingetrokken"),
    "organisations.invitation_accepted": _("Uitnodiging aangenomen"),
}
