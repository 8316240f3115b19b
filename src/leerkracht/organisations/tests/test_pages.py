"""What the pages show to whom, and what they refuse."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leerkracht.organisations.models import Invitation, Role, RoleAssignment, Team, TeamMembership

from .factories import a_governing_body, a_member, a_role, a_school, a_team, an_invitation

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _second_factor_shown(monkeypatch):
    """Whether a second factor is asked is tested where people sign in; here everyone has shown it."""
    monkeypatch.setattr("leerkracht.accounts.middleware.needs_second_factor", lambda person: False)


@pytest.fixture
def school():
    return a_school(a_governing_body(name="Ons bestuur"), name="De Regenboog", place="Voorbeeldstad")


@pytest.fixture
def team(school):
    return a_team(school, name="Bovenbouw")


@pytest.fixture
def coach(school):
    return a_role(Role.SCHOOL_COACH, school=school).person


@pytest.fixture
def teacher(team):
    return a_member(team).person


@pytest.fixture
def outsider():
    return a_member(a_team(a_school(place="Verderop"), name="Elders")).person


def at(name, *args):
    return reverse(f"organisations:{name}", args=args)


def get(client, person, route, /, *args, **query):
    client.force_login(person)
    return client.get(at(route, *args), query)


def post(client, person, route, /, *args, **fields):
    client.force_login(person)
    return client.post(at(route, *args), fields)


def test_a_visitor_signs_in_first(client, school):
    assert client.get(at("school", school.pk)).status_code == 302


def test_a_search_finds_by_name_place_or_code_in_any_order_without_accents(client, school, outsider):
    a_school(name="Het Kompas", place="Elders")
    for words in ("regenboog voorbeeld", "VOORBEELDSTAD", "régenb", school.code):
        lines = get(client, outsider, "schools", q=words).context["lines"]
        assert [row.name for row, _why, _stage in lines] == ["De Regenboog"]


def test_htmx_takes_the_list_alone(client, school, outsider):
    client.force_login(outsider)
    part = client.get(at("schools"), {"q": "regen"}, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="found"')
    assert "HX-Request" in part.headers["Vary"]


def test_the_file_holds_every_school_and_no_formula(client, outsider):
    a_school(name="=HYPERLINK(1)", place="+1")
    answer = get(client, outsider, "schools", q="hyperlink", export="csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    header, row = answer.content.decode("utf-8-sig").splitlines()
    assert header == "code;naam;plaats;provincie;bestuur;sector;gesloten op;leerlingen;teldatum;fase"
    assert row.split(";")[1:3] == ["'=HYPERLINK(1)", "'+1"]


def test_nonsense_in_the_address_is_no_filter(client, school, outsider):
    answer = get(client, outsider, "schools", sort="drop", sector="XX", page="0")
    assert answer.status_code == 200
    assert len(answer.context["page"].object_list) == 2


def test_an_outsider_sees_the_facts_and_nothing_of_the_set_up(client, school, team, coach, outsider):
    answer = get(client, outsider, "school", school.pk)
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "Ons bestuur" in words
    assert not answer.context["set_up"].can_view
    assert answer.context["stage"] is None
    for secret in ("Bovenbouw", coach.name):
        assert secret not in words


def test_a_teacher_sees_the_own_team_and_who_guides_it_but_changes_nothing(client, school, team, coach, teacher):
    a_team(school, name="Onderbouw")
    set_up = get(client, teacher, "school", school.pk).context["set_up"]
    assert [row.name for row in set_up.teams] == ["Bovenbouw"]
    assert [line.held.person for line in set_up.roles] == [coach]
    assert (set_up.can_edit, set_up.can_invite, set_up.invitations) == (False, (), ())


def test_a_coach_sees_all_teams_and_may_invite(client, school, team, coach):
    a_team(school, name="Onderbouw")
    set_up = get(client, coach, "school", school.pk).context["set_up"]
    assert [row.name for row in set_up.teams] == ["Bovenbouw", "Onderbouw"]
    assert set_up.can_edit
    assert set_up.can_invite == (Role.SCHOOL_LEADER, Role.SCHOOL_COACH)


def test_an_expert_coach_invites_the_first_coach_and_no_second(client):
    school = a_school()
    expert = a_role(Role.EXPERT_COACH, school=school).person
    fields = {"role": "SCHOOL_COACH", "name": "Noor", "email": "noor@voorbeeld.invalid"}
    assert post(client, expert, "school-invite", school.pk, **fields).status_code == 302
    assert Invitation.objects.get().role == Role.SCHOOL_COACH
    assert post(client, expert, "school-invite", school.pk, **fields).status_code == 403


def test_nobody_hands_out_a_role_above_their_own(client, school, coach):
    fields = {"role": "CENTRAL_TEAM", "name": "Slim", "email": "slim@voorbeeld.invalid"}
    assert post(client, coach, "school-invite", school.pk, **fields).status_code == 422
    assert not Invitation.objects.exists()


STATUS = {  # route: (coach, teacher, outsider), by hand from access.md
    "team": (200, 200, 404),
    "team-change": (200, 403, 404),
    "team-invite": (200, 403, 404),
    "member-days": (200, 403, 404),
    "school-history": (200, 403, 404),
    "school-invite": (200, 403, 404),
    "team-add": (200, 403, 404),
}


@pytest.mark.parametrize("route", STATUS)
def test_reading_follows_the_policy(client, school, team, coach, teacher, outsider, route):
    target = {"school": school.pk, "team": team.pk, "member": teacher.memberships.get().pk}[route.split("-")[0]]
    target = school.pk if route == "team-add" else target
    got = tuple(get(client, who, route, target).status_code for who in (coach, teacher, outsider))
    assert got == STATUS[route]


@pytest.mark.parametrize("route", ["team-archive", "team-restore", "member-end", "member-restore", "team-qr"])
def test_writing_follows_the_policy(client, team, coach, teacher, outsider, route):
    target = team.pk if route.startswith("team") else teacher.memberships.get().pk
    assert post(client, outsider, route, target, places=3).status_code == 404
    assert post(client, teacher, route, target, places=3).status_code == 403
    assert post(client, coach, route, target, places=3).status_code == 302


def test_ending_a_role_follows_the_policy(client, school, coach, teacher, outsider):
    held = a_role(Role.SCHOOL_LEADER, school=school)
    got = [post(client, who, "role-end", held.pk).status_code for who in (outsider, teacher, coach)]
    assert got == [404, 403, 302]
    assert RoleAssignment.objects.get(pk=held.pk).to_date == timezone.localdate()


def test_people_of_the_foundation_are_for_the_foundation(client, coach):
    central, administrator = a_role(Role.CENTRAL_TEAM).person, a_role(Role.ADMINISTRATOR).person
    assert get(client, coach, "people").status_code == 404
    found = {who: get(client, who, "people").context["people"].can_invite for who in (central, administrator)}
    assert found == {
        central: (Role.EDITOR, Role.RESEARCHER, Role.FUND),
        administrator: (Role.CENTRAL_TEAM, Role.ADMINISTRATOR),
    }


def test_a_governing_body_is_public_and_its_people_are_not(client, school, coach):
    body = school.governances.get().governing_body
    lead = a_role(Role.GOVERNING_BODY_LEAD, governing_body=body).person
    assert lead.name not in get(client, coach, "body", body.pk).content.decode()
    assert lead.name in get(client, lead, "body", body.pk).content.decode()
    assert [get(client, who, "body-invite", body.pk).status_code for who in (coach, lead)] == [404, 403]


def test_a_refused_team_keeps_what_was_typed(client, school, team, coach):
    answer = post(client, coach, "team-add", school.pk, name="Bovenbouw", kind="YEAR")
    assert answer.status_code == 422
    form = answer.context["form"]
    assert (form["name"].value(), form["kind"].value()) == ("Bovenbouw", "YEAR")
    assert form.errors["name"] == ["Er is op deze school al een team dat ‘Bovenbouw’ heet. Kies een andere naam."]


def test_a_refused_invitation_keeps_what_was_typed(client, team, coach):
    answer = post(client, coach, "team-invite", team.pk, name="Fenna", email="fenna")
    assert answer.status_code == 422
    assert (answer.context["form"]["name"].value(), answer.context["form"]["email"].value()) == ("Fenna", "fenna")


def test_a_coach_makes_a_team_and_invites_it(client, school, coach):
    made = post(client, coach, "team-add", school.pk, name="  Groep   7 ", kind="UNIT")
    team = Team.objects.get()
    assert team.name == "Groep 7"
    assert made.headers["Location"] == at("team-invite", team.pk)
    code = post(client, coach, "team-qr", team.pk, places=8)
    page = client.get(code.headers["Location"])
    assert page.context["places_left"] == 8
    assert "<svg" in page.content.decode()


def test_days_are_chosen_and_none_is_refused(client, team, coach, teacher):
    membership = teacher.memberships.get()
    assert post(client, coach, "member-days", membership.pk).status_code == 422
    post(client, coach, "member-days", membership.pk, days=["0", "3"])
    assert TeamMembership.objects.get(pk=membership.pk).work_days == 0b01001


def test_a_mailed_invitation_has_no_code_to_show(client, team, coach):
    mailed = an_invitation(team=team, email="fenna@voorbeeld.invalid", created_by=coach)
    assert get(client, coach, "invitation-qr", mailed.pk).status_code == 404


def test_a_hat_is_put_on_only_when_it_is_held(client, team, coach):
    a_member(team, coach)
    post(client, coach, "hat-switch", hat=f"SCHOOL_COACH-school-{team.school_id}")
    assert client.session["hat"] == f"SCHOOL_COACH-school-{team.school_id}"
    post(client, coach, "hat-switch", hat="CENTRAL_TEAM-everywhere-0")
    assert client.session["hat"] == f"SCHOOL_COACH-school-{team.school_id}"


def queries_of(client, django_assert_max_num_queries, name, *args):
    client.get(at(name, *args))
    with django_assert_max_num_queries(60) as counted:
        assert client.get(at(name, *args)).status_code == 200
    return len(counted.captured_queries)


def test_the_number_of_queries_does_not_grow(client, school, team, coach, django_assert_max_num_queries):
    client.force_login(coach)
    pages = [("schools",), ("school", school.pk), ("team", team.pk), ("school-history", school.pk)]
    pages.append(("body", school.governances.get().governing_body_id))

    def grow():
        a_member(team)
        a_member(team, to_date=timezone.localdate())
        a_team(school)
        a_role(Role.SCHOOL_LEADER, school=school)
        a_role(Role.SCHOOL_COACH, school=school, to_date=timezone.localdate())
        days = {"created_at": timezone.now() - DAY, "expires_at": timezone.now() + DAY}
        an_invitation(team=team, email=f"x{Invitation.objects.count()}@voorbeeld.invalid", **days)
        a_school(school.governances.get().governing_body)

    grow()
    one = {page: queries_of(client, django_assert_max_num_queries, *page) for page in pages}
    grow()
    grow()
    three = {page: queries_of(client, django_assert_max_num_queries, *page) for page in pages}
    assert three == one


def test_an_expert_coach_withdraws_the_own_invitation_and_no_other(client):
    school = a_school()
    expert, other = (a_role(Role.EXPERT_COACH, school=school).person for _ in range(2))
    fields = {"role": "SCHOOL_COACH", "name": "Noor", "email": "noor@voorbeeld.invalid"}
    post(client, expert, "school-invite", school.pk, **fields)
    invitation = Invitation.objects.get()
    assert post(client, other, "invitation-revoke", invitation.pk).status_code == 403
    assert post(client, expert, "invitation-revoke", invitation.pk).status_code == 302
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None


def test_a_role_that_just_ended_at_a_body_is_given_back_by_who_may(client, school):
    body = school.governances.get().governing_body
    lead, central = a_role(Role.GOVERNING_BODY_LEAD, governing_body=body), a_role(Role.CENTRAL_TEAM).person
    post(client, central, "role-end", lead.pk)
    assert get(client, central, "body", body.pk).context["people"].ended == (lead,)
    post(client, central, "role-restore", lead.pk)
    assert get(client, central, "body", body.pk).context["people"].ended == ()
    lead.refresh_from_db()
    assert lead.to_date is None


def test_the_school_page_names_the_holidays_to_come_of_its_region(client, school, outsider):
    school.locations.update(holiday_region="ZUID")
    holidays = get(client, outsider, "school", school.pk).context["holidays"]
    assert {holiday.region.value for holiday in holidays} <= {"ZUID"}
