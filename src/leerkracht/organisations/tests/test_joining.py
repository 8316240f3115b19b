"""Saying yes to an invitation, by mail and by code, and doors that are closed."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.organisations.models import Invitation, Role, TeamMembership
from leerkracht.organisations.services import invitations
from leerkracht.organisations.services.invitations import Door, Guest
from leerkracht.organisations.services.roles import Post

from .factories import a_person, a_role, a_school, a_team

pytestmark = pytest.mark.django_db
ADDRESS = "fenna@voorbeeld.invalid"


@pytest.fixture(autouse=True)
def _no_limits_from_before():
    cache.clear()


@pytest.fixture
def team():
    return a_team(a_school(name="De Regenboog"), name="Bovenbouw")


@pytest.fixture
def coach(team):
    return a_role(Role.SCHOOL_COACH, a_person("Noor Passer"), school=team.school).person


@pytest.fixture
def mailed(team, coach):
    return invitations.invite_by_mail(
        door=Door(team=team), guest=Guest(ADDRESS, "Fenna Krijtbord"), by=coach, now=timezone.now()
    )


@pytest.fixture
def code(team, coach):
    return invitations.invite_by_qr(team=team, places=2, by=coach, now=timezone.now())


def link(invitation):
    return reverse("organisations:invitation", args=[invitations.token_of(invitation)])


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_the_page_says_who_invites_for_what_and_does_nothing_yet(client, mailed):
    answer = client.get(link(mailed))
    words = answer.content.decode()
    assert "Noor Passer nodigt je uit" in words
    assert "team Bovenbouw van De Regenboog" in words
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_one_press_on_the_mailed_link_signs_in_and_lets_in(client, mailed, team):
    answer = client.post(link(mailed), {"name": "Fenna Krijtbord"})
    person = Person.objects.get(email=ADDRESS)
    assert answer.headers["Location"] == "/"
    assert signed_in(client) == str(person.pk)
    assert TeamMembership.objects.get(person=person).team == team
    assert client.session["hat"] == f"TEACHER-team-{team.pk}"


def test_a_mailed_link_without_a_name_asks_for_it(client, mailed):
    answer = client.post(link(mailed), {"name": " "})
    assert answer.status_code == 422
    assert not Person.objects.filter(email=ADDRESS).exists()


def test_a_role_that_asks_a_second_factor_stops_there(client):
    central = a_role(Role.CENTRAL_TEAM).person
    door = Door(post=Post(Role.EXPERT_COACH, school=a_school()))
    invitation = invitations.invite_by_mail(door=door, guest=Guest(ADDRESS, "Hanna"), by=central, now=timezone.now())
    client.post(link(invitation), {"name": "Hanna"})
    assert (
        client.get(reverse("organisations:schools")).headers["Location"].startswith(reverse("accounts:second-factor"))
    )


def test_somebody_else_is_told_and_stays_out(client, mailed):
    client.force_login(a_person())
    answer = client.post(link(mailed))
    assert answer.status_code == 409
    assert "Deze uitnodiging is voor fenna@voorbeeld.invalid" in answer.content.decode()
    assert not TeamMembership.objects.exists()


def test_who_is_signed_in_only_presses(client, code, team):
    person = a_person()
    client.force_login(person)
    assert client.get(link(code)).context["form"] is None
    assert client.post(link(code)).headers["Location"] == "/"
    assert TeamMembership.objects.get().person == person


@pytest.mark.parametrize("is_known", [True, False])
def test_a_scanned_code_asks_name_and_address_and_lets_in_after_the_mailed_code(client, code, team, is_known):
    if is_known:
        Person.objects.create_user(ADDRESS, name="Fenna zelf")
    sent = client.post(link(code), {"name": "Fenna Krijtbord", "email": ADDRESS.upper()})
    assert sent.headers["Location"].startswith(reverse("account_confirm_login_code"))
    assert not TeamMembership.objects.exists()
    number = re.search(r"^\s*(\S{4,}-\S{4,}|\d{6,})\s*$", mail.outbox[-1].body, re.MULTILINE).group(1)
    arrived = client.post(sent.headers["Location"], {"code": number}, follow=True)
    person = Person.objects.get(email=ADDRESS)
    assert person.name == ("Fenna zelf" if is_known else "Fenna Krijtbord")
    assert TeamMembership.objects.get().person == person
    assert arrived.redirect_chain[-1][0] == "/"
    assert Invitation.objects.get().used == 1


def test_arriving_without_having_asked_brings_nothing(client, code):
    client.force_login(a_person())
    assert client.get(reverse("organisations:invitation-arrive")).headers["Location"] == "/"
    assert not TeamMembership.objects.exists()


def test_another_who_signs_in_on_the_same_device_does_not_take_the_place(client, code):
    client.post(link(code), {"name": "Fenna", "email": ADDRESS})
    session = client.session
    waiting = session["invitation"]
    client.force_login(a_person())
    session = client.session
    session["invitation"] = waiting
    session.save()
    client.get(reverse("organisations:invitation-arrive"))
    assert not TeamMembership.objects.exists()


def test_an_address_gets_only_so_many_codes(client, code):
    answers = [client.post(link(code), {"name": "Fenna", "email": ADDRESS}) for _ in range(12)]
    assert answers[0].status_code == 302
    assert answers[-1].status_code == 422
    assert len(mail.outbox) < 12


def test_an_unknown_link_is_a_friendly_page(client):
    answer = client.get(reverse("organisations:invitation", args=["onbekend"]))
    assert answer.status_code == 404
    assert "We kennen deze link niet." in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"used": 1}, "Deze uitnodiging is al gebruikt."),
        ({"revoked_at": timezone.now()}, "Deze uitnodiging is ingetrokken."),
        ({"created_at": "2020-01-01 00:00Z", "expires_at": "2020-01-15 00:00Z"}, "is verlopen."),
    ],
)
def test_a_closed_door_says_why_and_what_now(client, mailed, change, words):
    Invitation.objects.update(**change)
    for answer in (client.get(link(mailed)), client.post(link(mailed), {"name": "Fenna"})):
        assert answer.status_code == 410
        assert words in answer.content.decode()
        assert "Noor Passer stuurde de uitnodiging en kan een nieuwe sturen." in answer.content.decode()
    assert not Person.objects.filter(email=ADDRESS).exists()
