from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("hat/", views.hat_switch, name="hat-switch"),
    path("schools/", views.schools, name="schools"),
    path("schools/<int:school_id>/", views.school, name="school"),
    path("schools/<int:school_id>/people-before/", views.school_history, name="school-history"),
    path("schools/<int:school_id>/invite/", views.school_invite, name="school-invite"),
    path("schools/<int:school_id>/new-team/", views.team_add, name="team-add"),
    path("governing-bodies/<int:body_id>/", views.body, name="body"),
    path("governing-bodies/<int:body_id>/invite/", views.body_invite, name="body-invite"),
    path("schools/<int:school_id>/new-contact/", views.school_contact_add, name="school-contact-add"),
    path("governing-bodies/<int:body_id>/new-contact/", views.body_contact_add, name="body-contact-add"),
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/<int:contact_id>/", views.contact, name="contact"),
    path("contacts/<int:contact_id>/archive/", views.contact_archive, name="contact-archive"),
    path("contacts/<int:contact_id>/restore/", views.contact_restore, name="contact-restore"),
    path("teams/<int:team_id>/", views.team, name="team"),
    path("teams/<int:team_id>/change/", views.team_change, name="team-change"),
    path("teams/<int:team_id>/archive/", views.team_archive, name="team-archive"),
    path("teams/<int:team_id>/restore/", views.team_restore, name="team-restore"),
    path("teams/<int:team_id>/invite/", views.team_invite, name="team-invite"),
    path("teams/<int:team_id>/qr/", views.team_qr, name="team-qr"),
    path("members/<int:membership_id>/days/", views.member_days, name="member-days"),
    path("members/<int:membership_id>/end/", views.member_end, name="member-end"),
    path("members/<int:membership_id>/restore/", views.member_restore, name="member-restore"),
    path("roles/<int:role_id>/end/", views.role_end, name="role-end"),
    path("roles/<int:role_id>/restore/", views.role_restore, name="role-restore"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite_central, name="invite-central"),
    path("invitations/<int:invitation_id>/qr/", views.invitation_qr, name="invitation-qr"),
    path("invitations/<int:invitation_id>/resend/", views.invitation_resend, name="invitation-resend"),
    path("invitations/<int:invitation_id>/revoke/", views.invitation_revoke, name="invitation-revoke"),
    path("invitation/done/", views.invitation_arrive, name="invitation-arrive"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
