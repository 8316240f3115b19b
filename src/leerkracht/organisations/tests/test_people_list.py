"""The foundation's people: found by word, in the order that was asked, as a file without formulas."""

import pytest
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
