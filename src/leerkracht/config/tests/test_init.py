"""``leerkracht init``: the first administrator of a real installation."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from leerkracht.accounts.models import Person

pytestmark = pytest.mark.django_db


def init(*arguments: str) -> str:
    out = StringIO()
    call_command("init", *arguments, stdout=out)
    return out.getvalue()


def path_in(text: str) -> str:
    return re.search(r"https?://[^/]+(/sign-in-link/\S+)", text).group(1)


def test_administrator_signs_in_with_the_printed_link_and_then_owes_a_second_factor(client):
    said = init("--admin", "Baas@Stichting.example", "--name", "Bas de Baas")
    who = Person.objects.get()
    assert (who.email, who.name) == ("baas@stichting.example", "Bas de Baas")
    assert list(who.roles.values_list("role", flat=True)) == ["ADMINISTRATOR"]
    assert client.post(path_in(said)).url == "/"
    assert client.get("/profile/").url.startswith("/second-factor/")


def test_repeating_makes_nobody_twice_and_gives_a_new_link(client):
    init("--admin", "baas@stichting.example")
    said = json.loads(init("--admin", "BAAS@stichting.example", "--name", "Anders", "--json"))
    who = Person.objects.get()
    assert (said["person"], said["email"], who.name) == (who.pk, who.email, "")
    assert who.roles.count() == 1
    assert client.post(path_in(said["link"])).url == "/"


def test_something_else_than_an_address_is_refused_with_the_reason():
    with pytest.raises(CommandError, match="--admin must be a mail address, got 'baas'"):
        init("--admin", "baas")
    assert not Person.objects.exists()


def test_database_that_lacks_migrations_is_refused(monkeypatch):
    monkeypatch.setattr("leerkracht.config.management.commands.init._waiting_migrations", lambda: 3)
    with pytest.raises(CommandError, match="lacks 3 migrations"):
        init("--admin", "baas@stichting.example")
