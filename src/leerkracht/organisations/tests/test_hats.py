"""Hats, who must show a second factor, and what open registration gives."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.second_factor import needs_second_factor
from leerkracht.organisations.models import Role, RoleAssignment
from leerkracht.organisations.queries.hats import wardrobe_of
from leerkracht.organisations.queries.roles import hats_of
from leerkracht.organisations.signals import PENDING_INVITATION

from .factories import a_governing_body, a_member, a_person, a_role, a_school, a_team

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)

# By hand from issue and access.md, never computed from the code.
SECOND_FACTOR = {
    "TEACHER": False,
    "SCHOOL_COACH": False,
    "SCHOOL_LEADER": False,
    "READER": False,
    "EXPERT_COACH": True,
    "CHANGE_COACH": True,
    "GOVERNING_BODY_LEAD": True,
    "CENTRAL_TEAM": True,
    "ADMINISTRATOR": True,
    "RESEARCHER": True,
    "FUND": True,
    "EDITOR": True,
}
AT_A_SCHOOL = {"SCHOOL_COACH", "SCHOOL_LEADER", "EXPERT_COACH"}
AT_A_BODY = {"CHANGE_COACH", "GOVERNING_BODY_LEAD"}


def who_is(role: str, **fields) -> Person:
    if role == "TEACHER":
        return a_member(a_team(), **fields).person
    if role in AT_A_SCHOOL:
        fields["school"] = a_school()
    if role in AT_A_BODY:
        fields["governing_body"] = a_governing_body()
    return a_role(Role(role), **fields).person


def test_every_role_stands_in_the_list():
    assert set(SECOND_FACTOR) == set(Role.values)


@pytest.mark.parametrize("role", SECOND_FACTOR)
def test_role_asks_a_second_factor_or_not(client, role):
    client.force_login(who_is(role))
    response = client.get("/profile/")
    asked = response.status_code == 302 and response.url.startswith("/second-factor/")
    assert asked is SECOND_FACTOR[role]
    assert response.status_code == (302 if asked else 200)


def test_role_that_ended_asks_nothing():
    yesterday = timezone.localdate() - timedelta(days=1)
    assert not needs_second_factor(who_is("CENTRAL_TEAM", to_date=yesterday))
    assert needs_second_factor(who_is("CENTRAL_TEAM", to_date=yesterday + timedelta(days=30)))


def test_hats_are_those_of_the_day_and_a_coach_finds_the_school_first(django_assert_num_queries):
    team = a_team(name="Bovenbouw")
    person = a_member(team).person
    a_role(Role.SCHOOL_COACH, person, school=team.school)
    a_role(Role.EDITOR, person, to_date=TODAY)
    a_role(Role.READER, person, from_date=TODAY + timedelta(days=1))
    with django_assert_num_queries(2):
        hats = hats_of(person, TODAY)
    assert [(hat.role, hat.place_name) for hat in hats] == [
        ("SCHOOL_COACH", team.school.name),
        ("TEACHER", f"Bovenbouw, {team.school.name}"),
    ]


def test_coach_of_several_schools_wears_one_hat_for_them():
    person = a_role(Role.EXPERT_COACH, school=a_school()).person
    alone = hats_of(person, TODAY)
    a_role(Role.EXPERT_COACH, person, school=a_school())
    assert [hat.place_name for hat in hats_of(person, TODAY)] == ["2 plekken"]
    assert [hat.place_kind.value for hat in alone] == ["school"]


def test_hat_that_is_no_longer_held_falls_back_to_the_first():
    person = who_is("SCHOOL_COACH")
    held = hats_of(person, TODAY)[0]
    assert wardrobe_of(person, {"hat": "CENTRAL_TEAM-everywhere-0"}, TODAY).hat == held
    assert wardrobe_of(a_person(), {}, TODAY).hat is None


def test_only_ones_own_hat_can_be_put_on(client):
    team = a_team()
    person = a_member(team).person
    a_role(Role.SCHOOL_COACH, person, school=team.school)
    client.force_login(person)
    teacher = next(hat for hat in hats_of(person, timezone.localdate()) if hat.role == "TEACHER")
    switch = reverse("organisations:hat-switch")
    assert client.post(switch, {"hat": teacher.key}).status_code == 302
    assert client.session["hat"] == teacher.key
    assert client.post(switch, {"hat": "CENTRAL_TEAM-everywhere-0"}).status_code in (302, 404)
    assert client.session["hat"] == teacher.key


def register(client, email: str) -> Person:
    client.post("/account/signup/", {"name": "Lena Lezer", "email": email})
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body).group()
    client.post("/account/confirm-email/", {"code": code})
    return Person.objects.get(email=email)


def test_open_registration_gives_the_role_of_reader_and_nothing_else(client):
    who = register(client, "lena@thuis.example")
    assert list(who.roles.values_list("role", "school", "governing_body", "to_date")) == [("READER", None, None, None)]
    assert not who.memberships.exists()


def test_registration_with_an_invitation_waiting_leaves_the_role_to_the_invitation(client):
    session = client.session
    session[PENDING_INVITATION] = {"id": 1, "email": "lena@thuis.example"}
    session.save()
    register(client, "lena@thuis.example")
    assert not RoleAssignment.objects.exists()
