from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("hoed/", views.hat_switch, name="hat-switch"),
    path("scholen/", views.schools, name="schools"),
    path("scholen/<int:school_id>/", views.school, name="school"),
    path("scholen/<int:school_id>/wie-er-stopte/", views.school_history, name="school-history"),
    path("scholen/<int:school_id>/uitnodigen/", views.school_invite, name="school-invite"),
    path("scholen/<int:school_id>/team-maken/", views.team_add, name="team-add"),
    path("besturen/<int:body_id>/", views.body, name="body"),
    path("besturen/<int:body_id>/uitnodigen/", views.body_invite, name="body-invite"),
    path("teams/<int:team_id>/", views.team, name="team"),
    path("teams/<int:team_id>/wijzigen/", views.team_change, name="team-change"),
    path("teams/<int:team_id>/archiveren/", views.team_archive, name="team-archive"),
    path("teams/<int:team_id>/terughalen/", views.team_restore, name="team-restore"),
    path("teams/<int:team_id>/uitnodigen/", views.team_invite, name="team-invite"),
    path("teams/<int:team_id>/qr/", views.team_qr, name="team-qr"),
    path("teamleden/<int:membership_id>/werkdagen/", views.member_days, name="member-days"),
    path("teamleden/<int:membership_id>/eraf/", views.member_end, name="member-end"),
    path("teamleden/<int:membership_id>/terug/", views.member_restore, name="member-restore"),
    path("rollen/<int:role_id>/beeindigen/", views.role_end, name="role-end"),
    path("rollen/<int:role_id>/terug/", views.role_restore, name="role-restore"),
    path("mensen/", views.people, name="people"),
    path("mensen/uitnodigen/", views.invite_central, name="invite-central"),
    path("uitnodigingen/<int:invitation_id>/qr/", views.invitation_qr, name="invitation-qr"),
    path("uitnodigingen/<int:invitation_id>/opnieuw/", views.invitation_resend, name="invitation-resend"),
    path("uitnodigingen/<int:invitation_id>/intrekken/", views.invitation_revoke, name="invitation-revoke"),
    path("uitnodiging/klaar/", views.invitation_arrive, name="invitation-arrive"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
]
