"""The foundation's people: found by word, in the order that was asked, as a file without formulas."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.models import Role

from .factories import a_person, a_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def central(client):
    someone = a_person("Otto Spil")
    a_role(Role.CENTRAL_TEAM, someone)
    a_role(Role.ADMINISTRATOR, a_person("=Ada Sleutel"))
    a_role(Role.RESEARCHER, a_person("Rik Meetlat"))
    sign_in(client, someone)
    return someone


def names(client, query=""):
    return [str(line.held.person) for line in client.get(reverse("organisations:people") + query).context["found"]]


def test_a_word_finds_names_and_roles(client, central):
    assert names(client, "?q=meet") == ["Rik Meetlat"]
    assert names(client, "?q=beheerder+ada") == ["=Ada Sleutel"]
    assert names(client, "?q=niemand") == []


def test_the_list_is_sorted_as_asked_and_by_name_otherwise(client, central):
    assert names(client) == ["=Ada Sleutel", "Otto Spil", "Rik Meetlat"]
    assert names(client, "?sort=role") == ["=Ada Sleutel", "Otto Spil", "Rik Meetlat"]
    assert names(client, "?sort=onzin") == names(client)


def test_the_file_holds_what_was_found_and_no_formula(client, central):
    lines = client.get(reverse("organisations:people") + "?q=ada&export=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["naam", "'=Ada Sleutel"]


def test_a_laptop_left_open_gives_no_list_and_no_role_without_the_second_factor(client, central):
    """The key of this sign-in was shown long ago; who signs in now is not asked."""
    Authenticator.objects.create(user=central, type=Authenticator.Type.TOTP, data={"secret": ""})
    leaving = a_role(Role.RESEARCHER, a_person("Wie Vertrekt"))
    people, invite = reverse("organisations:people") + "?export=csv", reverse("organisations:invite-central")
    end, asks = reverse("organisations:role-end", args=[leaving.pk]), reverse("mfa_reauthenticate")
    assert client.get(people).url.startswith(asks)
    assert client.post(invite, {}).url.startswith(asks)
    assert client.post(end).url.startswith(asks)
    assert client.get(reverse("organisations:people")).status_code == 200
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session.save()
    assert client.get(people).status_code == 200
    assert client.post(invite, {}).status_code == 422
    assert client.post(end).url == reverse("organisations:people")
