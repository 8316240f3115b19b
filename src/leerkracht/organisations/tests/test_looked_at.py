"""Who looks at people of a place that is not their own stands in the audit trail, once an hour."""

from datetime import timedelta

import pytest

from leerkracht.accounts.models import AuditEntry
from leerkracht.accounts.services import audit
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.models import Role

from .factories import NOW, a_member, a_person, a_role, a_school, a_team

pytestmark = pytest.mark.django_db
LOOKED = "accounts.people_shown"


def looks():
    return list(
        AuditEntry.objects.filter(act=LOOKED).order_by("pk").values_list("target_kind", "target_id", "school_id")
    )


def test_the_central_team_at_a_school_leaves_one_line_an_hour(client):
    team = a_team(a_school())
    a_member(team)
    sign_in(client, a_role(Role.CENTRAL_TEAM).person)
    for _time in range(3):
        assert client.get(f"/schools/{team.school_id}/").status_code == 200
    client.get(f"/teams/{team.pk}/")
    assert looks() == [("page", "School", team.school_id), ("page", "Team", team.school_id)]


def test_another_school_is_another_line(client):
    schools = [a_school(), a_school()]
    sign_in(client, a_role(Role.CENTRAL_TEAM).person)
    for school in schools:
        client.get(f"/schools/{school.pk}/")
    assert [school for _kind, _page, school in looks()] == [school.pk for school in schools]


@pytest.mark.parametrize("role", [Role.SCHOOL_COACH, Role.SCHOOL_LEADER])
def test_the_own_school_is_the_own_circle(client, role):
    school, other = a_school(), a_school()
    leader = a_role(role, school=school).person
    a_role(Role.CHANGE_COACH, leader, school=other)
    sign_in(client, leader)
    client.get(f"/schools/{school.pk}/")
    assert looks() == []
    client.get(f"/schools/{other.pk}/")
    assert looks() == [("page", "School", other.pk)]


def test_a_page_without_people_leaves_no_line(client):
    school = a_school()
    sign_in(client, a_person())
    assert client.get(f"/schools/{school.pk}/").status_code == 200
    assert looks() == []


def test_the_same_look_is_written_again_after_an_hour():
    who, page = a_person(), ("page", "School")
    moments = (0, 59, 60, 61)
    made = [
        audit.record_hourly(act=LOOKED, by=who, target=page, school=1, at=NOW + timedelta(minutes=minutes)) is not None
        for minutes in moments
    ]
    assert made == [True, False, True, False]
    assert audit.record_hourly(act=LOOKED, by=a_person(), target=page, school=1, at=NOW) is not None
