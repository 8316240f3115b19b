"""What the surroundings say, and the sentence that stops a start."""

from __future__ import annotations

import stat

import pytest

from leerkracht.accounts.rules.federation import Federation
from leerkracht.config import keys
from leerkracht.config.database import database
from leerkracht.config.environment import SettingRefused, read
from leerkracht.config.mail import FILES, NOBODY, SERVER, Mail, mail


def test_nothing_set_is_a_working_installation(tmp_path):
    found = read({"LEERKRACHT_HOME": str(tmp_path)})
    assert (found.home, found.keys) == (tmp_path, tmp_path / "keys")
    assert (found.demonstration, found.debug, found.is_secure) == (False, False, False)
    assert found.base_url == "http://localhost:8000"


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("LEERKRACHT_DEMO", "true", "yes or no"),
        ("LEERKRACHT_LOG", "xml", "text or json"),
        ("LEERKRACHT_URL", "school.nl", "something that starts with http:// or https://"),
        ("LEERKRACHT_MAIL", "imap://x", "something that starts with file or smtp:// or smtps://"),
        ("DATABASE_URL", "mysql://x", "something that starts with postgresql:// or postgres:// or sqlite:///"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_is_allowed(name, value, allowed):
    with pytest.raises(SettingRefused) as refused:
        read({name: value})
    assert str(refused.value) == f"{name} is set to '{value}'. Allowed: {allowed}. Change or unset it and start again."


def test_sqlite_is_durable_by_default(tmp_path):
    found = database("", tmp_path)
    assert found["NAME"] == tmp_path / "leerkracht.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


def test_a_server_is_read_from_its_address(tmp_path):
    found = database("postgresql://ada:ge%20heim@db.example:6432/school", tmp_path)
    assert [found[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")] == [
        "db.example", "6432", "ada", "ge heim", "school",
    ]  # fmt: skip
    assert database("postgresql://ada@/school?host=/run/pg", tmp_path)["HOST"] == "/run/pg"


def test_mail_goes_to_files_until_told_otherwise_and_always_in_a_demonstration():
    assert mail("file", demonstration=False) == Mail(backend=FILES, sender=NOBODY)
    assert mail("smtp://mail.example", demonstration=True).backend == FILES


def test_a_mail_server_is_read_from_its_address():
    found = mail("smtp://ada:ge%40heim@mail.example?from=leerkracht@school.example", demonstration=False)
    assert found == Mail(SERVER, "mail.example", 587, "ada", "ge@heim", True, False, "leerkracht@school.example")
    assert mail("smtps://mail.example", demonstration=False).port == 465


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    folder = tmp_path / "keys"
    first = keys.secret_key(folder)
    assert keys.secret_key(folder) == first
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


def test_an_organisation_is_one_address_with_its_secret():
    found = read({"LEERKRACHT_ENTREE": "https://les%2Fkracht:s3cr%40t@id.example/realm/"})
    assert found.federations == (Federation("entree", "https://id.example/realm", "les/kracht", "s3cr@t"),)


@pytest.mark.parametrize(
    "value", ["https://id.example", "https://client@id.example", "http://client:secret@id.example"]
)
def test_half_an_organisation_stops_the_start_without_showing_the_secret(value):
    with pytest.raises(SettingRefused) as refused:
        read({"LEERKRACHT_MICROSOFT": value})
    assert "LEERKRACHT_MICROSOFT" in str(refused.value)
    assert "client:secret@id.example" not in str(refused.value)
