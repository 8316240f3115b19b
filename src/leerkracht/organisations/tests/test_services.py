"""What services do, refuse and write down."""

from datetime import date, timedelta

import pytest
from django.core import mail

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.accounts.services.people import make_person
from leerkracht.core.rules import Refusal
from leerkracht.organisations.models import Participation, Role, RoleAssignment, Stage, TeamMembership
from leerkracht.organisations.queries.invitations import invitation_by_token
from leerkracht.organisations.services import invitations, members, roles, teams
from leerkracht.organisations.services.invitations import Door, Guest
from leerkracht.organisations.services.participation import set_stage
from leerkracht.organisations.services.roles import Post
from leerkracht.organisations.services.teams import TeamPlan

from .factories import NOW, TODAY, a_governing_body, a_member, a_person, a_role, a_school, a_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GUEST = Guest("fenna@voorbeeld.invalid", "Fenna")


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


@pytest.fixture
def coach():
    return a_role(Role.SCHOOL_COACH, school=a_school()).person


@pytest.fixture
def team(coach):
    return a_team(coach.roles.get().school, name="Bovenbouw")


def test_a_team_is_made_once_per_name(coach):
    school = coach.roles.get().school
    teams.add_team(school=school, plan=TeamPlan("Bovenbouw"), by=coach, now=NOW)
    with pytest.raises(Refusal, match="Er is op deze school al een team dat ‘bovenbouw’ heet"):
        teams.add_team(school=school, plan=TeamPlan("bovenbouw"), by=coach, now=NOW)
    assert school.teams.count() == 1
    assert acts().count("organisations.team_added") == 1


def test_an_archived_team_gives_its_name_away_and_comes_back_only_when_it_is_free(coach, team):
    teams.archive_team(team=team, by=coach, now=NOW)
    taker = teams.add_team(school=team.school, plan=TeamPlan("Bovenbouw"), by=coach, now=NOW)
    with pytest.raises(Refusal, match="Kies een andere naam"):
        teams.restore_team(team=team, by=coach, now=NOW)
    teams.change_team(team=taker, plan=TeamPlan("Groep 7 en 8"), by=coach, now=NOW)
    assert teams.restore_team(team=team, by=coach, now=NOW).archived_at is None


def test_an_archived_team_does_not_change(coach, team):
    teams.archive_team(team=team, by=coach, now=NOW)
    team.refresh_from_db()
    with pytest.raises(Refusal, match="archief"):
        teams.change_team(team=team, plan=TeamPlan("Anders"), by=coach, now=NOW)
    with pytest.raises(Refusal, match="archief"):
        members.add_member(team=team, person=a_person(), by=coach, now=NOW)


def test_who_leaves_is_out_today_and_comes_back_as_if_never_gone(coach, team):
    membership = a_member(team)
    ended = members.end_membership(membership=membership, by=coach, now=NOW)
    assert ended.to_date == TODAY
    back = members.restore_membership(membership=ended, by=coach, now=NOW + 30 * DAY)
    assert (back.to_date, back.from_date) == (None, membership.from_date)
    assert acts()[-2:] == ["organisations.member_left", "organisations.member_returned"]


def test_after_a_month_an_ending_stands(coach, team):
    ended = members.end_membership(membership=a_member(team), by=coach, now=NOW)
    with pytest.raises(Refusal, match="langer dan dertig dagen"):
        members.restore_membership(membership=ended, by=coach, now=NOW + 31 * DAY)


def test_who_left_twice_is_told(coach, team):
    ended = members.end_membership(membership=a_member(team), by=coach, now=NOW)
    with pytest.raises(Refusal, match="al beëindigd"):
        members.end_membership(membership=ended, by=coach, now=NOW)


def test_work_days_are_set(coach, team):
    membership = members.set_work_days(membership=a_member(team), work_days=0b01011, by=coach, now=NOW)
    assert TeamMembership.objects.get(pk=membership.pk).work_days == 0b01011


def test_nobody_ends_their_own_role(coach):
    with pytest.raises(Refusal, match="eigen rol"):
        roles.end_role(held=coach.roles.get(), by=coach, now=NOW)


def test_a_role_ends_and_comes_back(coach):
    held = a_role(Role.SCHOOL_LEADER, school=coach.roles.get().school)
    assert roles.end_role(held=held, by=coach, now=NOW).to_date == TODAY
    assert roles.restore_role(held=held, by=coach, now=NOW).to_date is None


def test_a_role_is_given_once():
    person, post = a_person(), Post(Role.EXPERT_COACH, school=a_school())
    first = roles.give_role(person=person, post=post, by=person, now=NOW)
    assert roles.give_role(person=person, post=post, by=person, now=NOW) == first


def test_a_new_stage_ends_the_one_before(coach):
    school = coach.roles.get().school
    set_stage(school=school, stage=Stage.PREPARING, since=date(2026, 9, 1), by=coach, now=NOW)
    set_stage(school=school, stage=Stage.YEAR_1, since=date(2026, 11, 1), by=coach, now=NOW)
    set_stage(school=school, stage=Stage.YEAR_1, since=date(2026, 11, 2), by=coach, now=NOW)
    assert list(Participation.objects.order_by("pk").values_list("stage", "from_date", "to_date")) == [
        ("PREPARING", date(2026, 9, 1), date(2026, 11, 1)),
        ("YEAR_1", date(2026, 11, 1), None),
    ]


def test_an_invitation_is_mailed_after_the_commit_with_a_link_that_is_stored_nowhere(
    coach, team, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)
    (sent,) = mail.outbox
    token = invitations.token_of(invitation)
    assert sent.to == ["fenna@voorbeeld.invalid"]
    assert sent.subject == f"{coach} nodigt je uit voor team Bovenbouw van {team.school}"
    assert f"/invitation/{token}/" in sent.body
    assert f"/invitation/{token}/" in sent.alternatives[0][0]
    invitation.refresh_from_db()
    assert invitation.sent_at == NOW
    assert token not in str(invitation.__dict__)
    assert invitation_by_token(token) == invitation
    assert invitation_by_token(token[:-1]) is None


def test_a_mail_server_that_is_away_costs_no_invitation(coach, team, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)
    invitation.refresh_from_db()
    assert invitation.sent_at is None


def test_the_mailed_link_makes_the_person_and_the_membership(coach, team):
    invitation = invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)
    welcome = invitations.accept_by_mail_link(invitation=invitation, name="Fenna Krijtbord", now=NOW)
    assert (welcome.person.name, welcome.person.email) == ("Fenna Krijtbord", "fenna@voorbeeld.invalid")
    assert TeamMembership.objects.get().person == welcome.person
    with pytest.raises(Refusal, match="al gebruikt"):
        invitations.accept_by_mail_link(invitation=invitation, name="Een ander", now=NOW)


def test_a_known_person_keeps_the_own_name(coach, team):
    known = make_person(email=GUEST.email, name="Fenna zelf", by=coach, now=NOW)
    invitation = invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)
    assert invitations.accept_by_mail_link(invitation=invitation, name="Anders", now=NOW).person == known
    assert Person.objects.get(pk=known.pk).name == "Fenna zelf"


def test_a_role_comes_with_its_place(coach):
    body = a_governing_body()
    central = a_role(Role.CENTRAL_TEAM).person
    door = Door(post=Post(Role.GOVERNING_BODY_LEAD, governing_body=body))
    invitation = invitations.invite_by_mail(door=door, guest=GUEST, by=central, now=NOW)
    person = invitations.accept_by_mail_link(invitation=invitation, name="Carla", now=NOW).person
    held = RoleAssignment.objects.get(person=person)
    assert (held.role, held.governing_body, held.school) == (Role.GOVERNING_BODY_LEAD, body, None)


def test_who_is_in_or_invited_is_not_invited_again(coach, team):
    inside = a_member(team).person
    with pytest.raises(Refusal, match="zit al in dit team"):
        invitations.invite_by_mail(door=Door(team=team), guest=Guest(inside.email.upper()), by=coach, now=NOW)
    invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)
    with pytest.raises(Refusal, match="staat al een uitnodiging open"):
        invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)


@pytest.mark.parametrize(("days", "word"), [(13, None), (14, "veertien dagen geldig"), (400, "veertien dagen geldig")])
def test_an_invitation_lasts_fourteen_days(coach, team, days, word):
    invitation = invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)
    late = NOW + days * DAY
    if word is None:
        assert invitations.accept_by_mail_link(invitation=invitation, name="Fenna", now=late)
        return
    with pytest.raises(Refusal, match=word):
        invitations.accept_by_mail_link(invitation=invitation, name="Fenna", now=late)


def test_sending_again_gives_fourteen_fresh_days_and_the_same_link(coach, team):
    invitation = invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)
    before = invitations.token_of(invitation)
    again = invitations.resend_invitation(invitation=invitation, by=coach, now=NOW + 20 * DAY)
    assert invitations.token_of(again) == before
    assert invitations.accept_by_mail_link(invitation=again, name="Fenna", now=NOW + 33 * DAY)


def test_a_withdrawn_invitation_opens_nothing_and_is_not_sent_again(coach, team):
    invitation = invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)
    invitations.revoke_invitation(invitation=invitation, by=coach, now=NOW)
    with pytest.raises(Refusal, match="ingetrokken"):
        invitations.accept_by_mail_link(invitation=invitation, name="Fenna", now=NOW)
    with pytest.raises(Refusal, match="ingetrokken"):
        invitations.resend_invitation(invitation=invitation, by=coach, now=NOW)


def test_a_code_admits_as_many_as_it_has_places(coach, team):
    code = invitations.invite_by_qr(team=team, places=2, by=coach, now=NOW)
    first, second, third = a_person(), a_person(), a_person()
    invitations.accept(invitation=code, person=first, now=NOW)
    invitations.accept(invitation=code, person=first, now=NOW)
    invitations.accept(invitation=code, person=second, now=NOW)
    with pytest.raises(Refusal, match="al gebruikt"):
        invitations.accept(invitation=code, person=third, now=NOW)
    assert set(team.memberships.values_list("person", flat=True)) == {first.pk, second.pk}


def test_a_mailed_invitation_is_for_its_own_address(coach, team):
    invitation = invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)
    with pytest.raises(Refusal, match="Deze uitnodiging is voor fenna"):
        invitations.accept(invitation=invitation, person=a_person(), now=NOW)


def test_a_code_never_proves_an_address(coach, team):
    code = invitations.invite_by_qr(team=team, places=2, by=coach, now=NOW)
    with pytest.raises(ValueError, match="proves no address"):
        invitations.accept_by_mail_link(invitation=code, name="Fenna", now=NOW)


def test_who_was_switched_off_is_not_let_in(coach, team):
    gone = make_person(email=GUEST.email, name="Weg", by=coach, now=NOW)
    gone.is_active = False
    gone.save()
    invitation = invitations.invite_by_mail(door=Door(team=team), guest=GUEST, by=coach, now=NOW)
    with pytest.raises(Refusal, match="niet meer inloggen"):
        invitations.accept_by_mail_link(invitation=invitation, name="Weg", now=NOW)
    assert not team.memberships.exists()
