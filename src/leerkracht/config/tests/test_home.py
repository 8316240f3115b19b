"""Home: the desk that fits the hat, and nothing that a role may not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.models import Role
from leerkracht.organisations.tests.factories import (
    a_governing_body,
    a_member,
    a_participation,
    a_person,
    a_role,
    a_school,
    a_team,
)

pytestmark = pytest.mark.django_db


def home(client, person) -> str:
    response = sign_in(client, person).get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_visitor_is_sent_to_sign_in(client):
    assert client.get("/").url == "/account/login/?next=/"


def test_teacher_sees_the_day(client):
    page = home(client, a_member(a_team()).person)
    assert "Aan het bord" in page
    assert "Gelukt deze maand" in page


def test_school_coach_with_an_empty_school_is_told_the_first_step(client):
    page = home(client, a_role(Role.SCHOOL_COACH, school=a_school(name="De Regenboog")).person)
    assert "De Regenboog" in page
    assert "Maak je eerste team" in page


def test_school_coach_with_an_empty_team_is_told_to_invite(client):
    school = a_school()
    a_team(school, name="Bovenbouw")
    page = home(client, a_role(Role.SCHOOL_COACH, school=school).person)
    assert "Nodig Bovenbouw uit" in page
    assert "Maak je eerste team" not in page


@pytest.mark.parametrize("role", [Role.EXPERT_COACH, Role.CHANGE_COACH, Role.GOVERNING_BODY_LEAD])
def test_who_works_at_several_schools_sees_those_and_no_others(client, role):
    body = a_governing_body(name="De Waterlijn")
    own, other = a_school(body, name="De Regenboog"), a_school(name="De Ster")
    a_participation(own)
    a_member(a_team(own))
    a_member(a_team(other))
    place = {"school": own} if role == Role.EXPERT_COACH else {"governing_body": body}
    page = home(client, a_role(role, **place).person)
    assert "De Regenboog" in page
    assert "De Ster" not in page
    assert "1 school, 1 teams, 1 collega’s" in page


def test_central_team_counts_schools_and_people(client):
    a_participation(a_school())
    page = home(client, a_role(Role.CENTRAL_TEAM).person)
    assert "Scholen naar fase" in page
    assert "Eerste jaar" in page


def test_administrator_sees_the_central_team(client):
    colleague = a_role(Role.CENTRAL_TEAM).person
    assert colleague.name in home(client, a_role(Role.ADMINISTRATOR).person)


@pytest.mark.parametrize(
    ("role", "says"),
    [
        (Role.RESEARCHER, "vrijgegeven cijfers"),
        (Role.FUND, "landelijke cijfers"),
        (Role.EDITOR, "werktafel"),
        (Role.READER, "bibliotheek"),
    ],
)
def test_role_without_a_desk_yet_reads_honestly_what_comes(client, role, says):
    assert says in home(client, a_role(role).person)


def test_somebody_without_a_role_reads_what_to_do(client):
    assert "bij geen school of team" in home(client, a_person())


def test_hat_chooses_the_desk(client):
    team = a_team(a_school(name="De Regenboog"))
    person = a_member(team).person
    a_role(Role.SCHOOL_COACH, person, school=team.school)
    assert "<h1>De Regenboog</h1>" in home(client, person)
    session = client.session
    session["hat"] = f"TEACHER-team-{team.pk}"
    session.save()
    assert f"<h1>Dag {person.first_name}</h1>" in client.get("/").content.decode()


def grow_school(school) -> None:
    for _number in range(3):
        a_member(a_team(school))


@pytest.mark.parametrize("role", [Role.SCHOOL_COACH, Role.EXPERT_COACH])
def test_desk_costs_the_same_for_one_team_and_for_four(client, role):
    school = a_school()
    a_member(a_team(school))
    sign_in(client, a_role(role, school=school).person)
    client.get("/")
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        counts.append(len(asked))
        grow_school(school)
    assert counts[0] == counts[1]
    assert counts[0] <= 22


def test_portfolio_costs_the_same_for_one_school_and_for_four(client):
    body = a_governing_body()
    a_school(body)
    sign_in(client, a_role(Role.GOVERNING_BODY_LEAD, governing_body=body).person)
    client.get("/")
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        counts.append(len(asked))
        for _number in range(3):
            grow_school(a_school(body))
    assert counts[0] == counts[1]
