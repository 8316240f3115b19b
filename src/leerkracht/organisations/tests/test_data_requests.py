"""The central team helps who asks for their data, or to be erased; nobody else can, and never by accident."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from leerkracht.accounts.models import AuditEntry
from leerkracht.organisations.models import Role

from .factories import a_member, a_person, a_role, a_team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _second_factor_shown(monkeypatch):
    monkeypatch.setattr("leerkracht.accounts.middleware.needs_second_factor", lambda person: False)


@pytest.fixture
def central(client):
    person = a_role(Role.CENTRAL_TEAM).person
    client.force_login(person)
    return person


@pytest.fixture
def teacher():
    return a_member(a_team(name="Bovenbouw"), a_person("Mila Jansen")).person


def test_somebody_is_found_and_seen_with_all_that_they_hold(client, central, teacher):
    page = client.get(reverse("organisations:data-requests"), {"q": "mila"}).content.decode()
    assert f"person={teacher.pk}" in page
    page = client.get(reverse("organisations:data-requests"), {"person": teacher.pk}).content.decode()
    assert "Bovenbouw" in page


def test_their_data_come_as_a_file_and_leave_a_line_about_them(client, central, teacher):
    answer = client.post(reverse("organisations:data-of", args=[teacher.pk]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert json.loads(pack.read("alles.json"))["Account"][0]["naam"] == "Mila Jansen"
    line = AuditEntry.objects.get(act="accounts.own_data_taken")
    assert (line.actor_id, line.target_id) == (str(central.pk), str(teacher.pk))


def test_the_typed_address_erases_and_another_does_not(client, central, teacher):
    erase = reverse("organisations:data-erase", args=[teacher.pk])
    refused = client.post(erase, {"email": central.email})
    assert refused.status_code == 422
    assert f'value="{central.email}"' in refused.content.decode()
    teacher.refresh_from_db()
    assert teacher.erased_at is None
    assert client.post(erase, {"email": teacher.email}).status_code == 302
    teacher.refresh_from_db()
    assert (teacher.name, teacher.erased_at is None) == ("oud-collega", False)
    line = AuditEntry.objects.get(act="accounts.person_erased")
    assert (line.actor_id, line.target_id) == (str(central.pk), str(teacher.pk))


def test_nobody_else_finds_the_page_and_nobody_erases_who_stands_higher(client, central, teacher):
    administrator = a_role(Role.ADMINISTRATOR).person
    for who, expected in ((central, 200), (teacher, 404), (administrator, 404)):
        client.force_login(who)
        assert client.get(reverse("organisations:data-requests")).status_code == expected
    client.force_login(teacher)
    assert client.post(reverse("organisations:data-of", args=[central.pk])).status_code == 404
    client.force_login(central)
    assert (
        client.post(reverse("organisations:data-erase", args=[central.pk])).status_code == 404
    )  # oneself: the profile
    assert client.post(reverse("organisations:data-of", args=[10**15])).status_code == 404
