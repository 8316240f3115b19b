"""The list of invitations: of the places one oversees, by word, state and order, as a file, in few queries."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.models import Role

from .factories import a_governing_body, a_person, a_role, a_school, a_team, an_invitation

pytestmark = pytest.mark.django_db
LIST = "/invitations/"


@pytest.fixture
def school():
    return a_school(name="De Regenboog")


@pytest.fixture
def coach(client, school):
    someone = a_role(Role.SCHOOL_COACH, school=school).person
    sign_in(client, someone)
    return someone


def made(**fields):
    now = timezone.now()
    return an_invitation(**{"created_at": now, "expires_at": now + timedelta(days=14)} | fields)


def found(client, query=""):
    return [line[0].name for line in client.get(LIST + query).context["lines"]]


def test_one_sees_the_own_school_and_no_other(client, school, coach):
    made(team=a_team(school), name="Aan ons team", email="a@voorbeeld.invalid")
    made(role=Role.SCHOOL_LEADER, school=school, name="Onze leider", email="b@voorbeeld.invalid")
    made(name="Ergens anders", email="c@voorbeeld.invalid")
    made(role=Role.RESEARCHER, name="Overal", email="d@voorbeeld.invalid")
    made(role=Role.GOVERNING_BODY_LEAD, governing_body=a_governing_body(), name="Bestuur", email="e@voorbeeld.invalid")
    assert sorted(found(client)) == ["Aan ons team", "Onze leider"]
    sign_in(client, a_role(Role.CENTRAL_TEAM).person)
    assert len(found(client)) == 5


def test_states_words_and_orders(client, school, coach):
    team, now = a_team(school, name="Bovenbouw"), timezone.now()
    long_ago = now - timedelta(days=20)
    made(team=team, name="Open", email="open@voorbeeld.invalid")
    made(team=team, name="Oud", email="oud@voorbeeld.invalid", created_at=long_ago, expires_at=now - timedelta(days=6))
    made(team=team, name="Binnen", email="binnen@voorbeeld.invalid", used=1)
    made(team=team, name="Weg", email="weg@voorbeeld.invalid", revoked_at=now)
    assert found(client) == ["Open"]
    assert found(client, "?state=expired") == ["Oud"]
    assert found(client, "?state=used") == ["Binnen"]
    assert found(client, "?state=revoked") == ["Weg"]
    assert found(client, "?state=&sort=name") == ["Binnen", "Open", "Oud", "Weg"]
    assert found(client, "?state=&sort=-made")[0] == "Oud"
    assert found(client, "?state=onzin&q=bovenbouw+wegvoorbeeld") == []
    assert found(client, "?state=&q=regenboog+weg@") == ["Weg"]
    assert "Geen uitnodiging gevonden" in client.get(LIST + "?q=niemand").content.decode()


def test_the_file_says_all_and_runs_nothing(client, school, coach):
    made(team=a_team(school), name="=HYPERLINK(1)", email="a@voorbeeld.invalid")
    answer = client.get(LIST + "?export=csv")
    text = answer.content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "open" in text.splitlines()[1]


def test_many_cost_as_many_queries_as_few(client, school, coach, django_assert_max_num_queries):
    team = a_team(school)
    made(team=team, email="x@voorbeeld.invalid")
    client.get(LIST)
    with django_assert_max_num_queries(12) as few:
        client.get(LIST)
    for number in range(40):
        made(team=team, email=f"x{number}@voorbeeld.invalid", created_by=a_person())
    with django_assert_max_num_queries(len(few)):
        client.get(LIST)


def test_a_teacher_finds_no_page(client, school):
    sign_in(client, a_person())
    assert client.get(LIST).status_code == 404
