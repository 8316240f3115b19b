"""Day one: a coach who came in with a list signs in by a mailed code or a link, and finds the own schools."""

import re
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.models import Invitation, Role
from leerkracht.organisations.services import imports
from leerkracht.organisations.services.import_invitations import invite_newcomers
from leerkracht.organisations.services.invitations import token_of
from leerkracht.organisations.tests.factories import a_participation, a_person, a_role, a_school, a_sheet_import

pytestmark = pytest.mark.django_db
COLUMNS = {"0": "coach", "1": "email", "2": "school_code", "3": "from_date", "4": "to_date"}
ADDRESS = "kim@stichting.example"


@pytest.fixture
def taken_in():
    """A list with two schools of now and one of before."""
    schools = [a_school(name=name) for name in ("De Wilg", "De Berk", "De Eik")]
    a_participation(schools[0])
    places = zip(schools, ("", "", "1-8-2025"), strict=True)
    rows = [["Kim Kust", ADDRESS, school.code, "1-8-2024", end] for school, end in places]
    sheet = a_sheet_import(kind="COACHES", columns=COLUMNS, rows=[["c", "e", "s", "van", "tot"], *rows])
    central = a_role(Role.CENTRAL_TEAM, a_person("Otto Spil")).person
    imports.apply_sheet(sheet=sheet, by=central, now=timezone.now())
    return sheet, central


def portfolio(client):
    sign_in(client, Person.objects.get(email=ADDRESS))
    return [school.name for school in client.get("/").context["portfolio"].schools]


def test_by_a_mailed_code_without_any_invitation(client, taken_in):
    client.post("/account/login/", {"login": ADDRESS})
    code = re.search(r"^\s*(\d{4}-\d{4})\s*$", mail.outbox[-1].body, re.MULTILINE).group(1)
    client.post("/account/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(Person.objects.get(email=ADDRESS).pk)
    assert portfolio(client) == ["De Berk", "De Wilg"]


def test_by_the_link_of_an_invitation(client, taken_in):
    sheet, central = taken_in
    assert invite_newcomers(sheet=sheet, by=central, now=timezone.now()) == 1
    client.post(reverse("organisations:invitation", args=[token_of(Invitation.objects.get())]), {"name": "Kim Kust"})
    kim = Person.objects.get(email=ADDRESS)
    assert client.session["_auth_user_id"] == str(kim.pk)
    assert kim.roles.filter(from_date=date(2024, 8, 1)).count() == kim.roles.count() == 3
    assert portfolio(client) == ["De Berk", "De Wilg"]


def test_the_central_team_finds_the_way_in_on_the_desk(client, taken_in):
    sign_in(client, taken_in[1])
    assert reverse("organisations:imports") in client.get("/").content.decode()
