"""What ``doctor`` says is wrong, and that it would not say so otherwise."""

from __future__ import annotations

import json
import os
import time
from collections import namedtuple
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from leerkracht.config.checks import durability, keys, schema, surroundings, words, worker
from leerkracht.config.database import sqlite
from leerkracht.config.management.commands import doctor


def texts(findings, level="wrong"):
    return [finding.text for finding in findings if finding.level == level]


@pytest.fixture
def scratch(tmp_path):
    """A database like the product's own, in a file."""
    wanted = {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None, "TEST": {}}
    described = {**connections.databases["default"], **wanted, **sqlite(tmp_path / "scratch.sqlite3")}
    database = DatabaseWrapper(described, "scratch")
    yield database
    database.close()


@pytest.fixture
def on_scratch(scratch, django_db_blocker):
    with django_db_blocker.unblock():
        yield scratch


def test_our_own_settings_are_durable(on_scratch):
    assert durability._of(on_scratch) == []


@pytest.mark.parametrize(
    ("pragma", "said"),
    [
        ("synchronous=NORMAL", "synchronous=NORMAL; only synchronous=FULL is safe"),
        ("synchronous=OFF", "synchronous=OFF; only synchronous=FULL is safe"),
        ("journal_mode=DELETE", "journal_mode=delete; only journal_mode=wal is safe"),
        ("foreign_keys=OFF", "foreign_keys=0; only foreign_keys=1 is safe"),
    ],
)
def test_a_weaker_setting_on_the_connection_is_seen(on_scratch, pragma, said):
    with on_scratch.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
    [text] = texts(durability._of(on_scratch))
    assert said in text


def test_deferred_transactions_are_seen(on_scratch):
    on_scratch.settings_dict["OPTIONS"] = {**on_scratch.settings_dict["OPTIONS"], "transaction_mode": "DEFERRED"}
    assert texts(durability._of(on_scratch)) == [
        "SQLite runs without transaction_mode IMMEDIATE; most writes at once would fail."
    ]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL")
def test_postgres_is_asked_what_is_in_force():
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = 'off'")
    assert any("synchronous_commit=off" in text for text in texts(durability.look()))


@pytest.mark.django_db
def test_the_product_does_not_start_on_an_unsafe_database(monkeypatch):
    in_force = {"journal_mode": "wal", "synchronous": "1", "foreign_keys": "1"}
    monkeypatch.setattr(durability, "_sqlite", lambda _: in_force)
    monkeypatch.setattr(durability, "_postgres", lambda _: {"fsync": "off"})
    with pytest.raises(durability.Unsafe):
        call_command("serve")


@pytest.fixture
def folder(tmp_path):
    tmp_path.chmod(0o700)
    key = tmp_path / "secret_key"
    key.write_text("secret")
    key.chmod(0o600)
    return tmp_path


def test_keys_that_only_the_product_reads_are_fine(folder):
    assert texts(keys.of(folder, copied=[folder / "elsewhere"])) == []


@pytest.mark.parametrize(("name", "mode", "wanted"), [(".", 0o755, "0700"), ("secret_key", 0o644, "0600")])
def test_keys_that_others_can_read_are_named(folder, name, mode, wanted):
    (folder / name).chmod(mode)
    [text] = texts(keys.of(folder, copied=[]))
    assert f"has mode {mode:04o}; it must be {wanted}" in text


def test_keys_in_a_folder_that_is_copied_are_named(folder):
    [text] = texts(keys.of(folder, copied=[folder.parent]))
    assert "lies in a folder that is copied" in text


def test_keys_that_are_gone_are_named(tmp_path):
    assert "There is no key folder" in texts(keys.of(tmp_path / "gone", copied=[]))[0]


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("leerkracht.example.nl", True), ("145.1.2.3", True), ("localhost", False), ("10.0.0.7", False),
        ("192.168.1.4", False), ("school.local", False), ("wall", False), ("127.0.0.1", False),
    ],
)  # fmt: skip
def test_public_hosts_are_told_from_private_ones(host, public):
    assert surroundings.is_public(host) is public


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"DEMONSTRATION": True, "BASE_URL": "https://lk.example.nl"}, "anybody can be anyone there"),
        ({"DEMONSTRATION": False, "BASE_URL": "http://lk.example.nl"}, "sign-in needs https"),
        ({"DEMONSTRATION": False, "DEBUG": True, "BASE_URL": "https://lk.example.nl"}, "error pages would show data"),
        (
            {"DEMONSTRATION": False, "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"},
            "nobody receives a sign-in code",
        ),
    ],
)
def test_settings_that_do_not_fit_are_named(settings, changes, said):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert any(said in text for text in texts(surroundings.look()))


def test_a_full_disk_is_named(monkeypatch):
    usage = namedtuple("usage", "free")(300_000_000)
    monkeypatch.setattr(surroundings.shutil, "disk_usage", lambda _: usage)
    assert any(text.startswith("0.3 GB is free") for text in texts(surroundings.look()))


@pytest.mark.django_db
def test_a_database_of_this_version_is_fine():
    assert texts(schema.look()) == []


@pytest.mark.django_db
def test_waiting_migrations_are_named(monkeypatch):
    monkeypatch.setattr(schema.schema, "pending", lambda *_: ["boards.0002_more"])
    assert texts(schema.look())[0].startswith("1 migrations wait, the first is boards.0002_more")


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_named(monkeypatch):
    monkeypatch.setattr(schema.schema, "applied", lambda *_: ["boards.9999_tomorrow"])
    assert texts(schema.look()) == [
        "The database is newer than this version: it had boards.9999_tomorrow. Install that version."
    ]


def test_missing_english_is_named(monkeypatch):
    monkeypatch.setattr(words.catalogue, "untranslated", lambda: ["Bord"])
    assert texts(words.look())[0].startswith("1 sentences lack English, the first is 'Bord'")


@pytest.mark.django_db
def test_tasks_that_nobody_does_are_named(settings, tmp_path):
    settings.DATA_HOME = tmp_path
    assert texts(worker.look(), "note") == ["No task worker runs on this machine; nothing waits for one."]
    task = DBTaskResult.objects.create(
        task_path="x.y", args_kwargs={"args": [], "kwargs": {}}, backend_name="default",
        run_after=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - timedelta(minutes=6))
    assert texts(worker.look())[0].startswith("1 tasks wait longer than five minutes")


def test_a_worker_lives_as_long_as_it_gives_signs(tmp_path):
    mark = tmp_path / worker.HEARTBEAT
    mark.parent.mkdir()
    mark.touch()
    assert worker.is_alive(tmp_path)
    os.utime(mark, (time.time() - 61, time.time() - 61))
    assert not worker.is_alive(tmp_path)


@pytest.mark.django_db
def test_doctor_says_it_in_words_and_by_its_exit_code(monkeypatch):
    monkeypatch.setattr(doctor, "CHECKS", (schema, words))
    monkeypatch.setattr(words.catalogue, "untranslated", list)
    monkeypatch.setattr(words.catalogue, "is_stale", lambda: False)
    said = StringIO()
    call_command("doctor", stdout=said)
    assert said.getvalue().endswith("\n\nNothing is wrong.\n")
    monkeypatch.setattr(words.catalogue, "is_stale", lambda: True)
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", json=True, stdout=(said := StringIO()))
    assert ended.value.code == 1
    assert json.loads(said.getvalue())["healthy"] is False


@pytest.mark.django_db
def test_a_check_that_cannot_look_is_a_finding_itself(monkeypatch):
    def fail():
        raise OSError("no such server")

    monkeypatch.setattr(schema, "look", fail)
    monkeypatch.setattr(doctor, "CHECKS", (schema,))
    assert texts(doctor.examine()) == ["Could not look: no such server"]
