"""An organisation, a school, a teacher there, and somebody who is invited."""

import pytest
from django.utils import timezone

from leerkracht.organisations.models import Role
from leerkracht.organisations.services.invitations import Door, Guest, invite_by_mail, token_of
from leerkracht.organisations.tests.factories import a_member, a_role, a_school, a_team

from .fake_provider import FakeProvider, running


@pytest.fixture
def provider(settings):
    with running(FakeProvider()) as fake:
        settings.FEDERATIONS = (fake.federation(),)
        yield fake


@pytest.fixture
def school():
    return a_school(code="01AB")


@pytest.fixture
def teacher(school):
    return a_member(a_team(school)).person


@pytest.fixture
def invited(school):
    """An invitation to a team by mail, and its address."""
    coach = a_role(Role.SCHOOL_COACH, school=school).person
    guest = Guest("nieuw@voorbeeld.invalid", "Nieuwe Collega")
    found = invite_by_mail(door=Door(team=a_team(school)), guest=guest, by=coach, now=timezone.now())
    return f"/invitation/{token_of(found)}/"
