"""A whole installation out to a file and back, on the database the tests run on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from leerkracht.config.serving import backups, schema
from leerkracht.config.serving.processes import hold


@dataclass
class Installation:
    """A product of its own: a home, and a database of its own when that is a server."""

    home: Path
    database_url: str = ""
    outputs: list[str] = field(default_factory=list)

    def run(self, *words, fails=False):
        env = {**os.environ, "LEERKRACHT_HOME": str(self.home), "DATABASE_URL": self.database_url}
        command = [sys.executable, "-m", "leerkracht.config.command", *map(str, words)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def content(self):
        """Return every row, as text."""
        return sorted(json.dumps(row, sort_keys=True) for row in json.loads(self.run("dumpdata")))


@pytest.fixture(scope="module")
def make(tmp_path_factory, django_db_setup, django_db_blocker):
    """Make installations; each gets a database of its own on the server that the tests use."""
    made = []

    def new():
        home = tmp_path_factory.mktemp("home")
        if connection.vendor == "sqlite":
            return Installation(home)
        name = f"lk_{uuid4().hex[:12]}"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        made.append(name)
        base, _, rest = os.environ["DATABASE_URL"].partition("?")
        return Installation(home, f"{base.rsplit('/', 1)[0]}/{name}?{rest}")

    yield new
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for name in made:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def original(make):
    """An installation with a person, a file and a backup of both."""
    installation = make()
    installation.run("migrate", "-v0")
    installation.run("init", "--admin", "ada@voorbeeld.example")
    (installation.home / "files").mkdir()
    (installation.home / "files" / "record.pdf").write_bytes(b"%PDF minutes")
    installation.run("backup", installation.home / "backup.zip")
    return installation


@pytest.fixture
def backup(original, tmp_path):
    return Path(shutil.copy(original.home / "backup.zip", tmp_path / "backup.zip"))


def test_what_comes_back_is_what_went_out(original, make, backup):
    other = make()
    other.run("restore", backup)
    assert other.content() == original.content()
    assert (other.home / "files" / "record.pdf").read_bytes() == b"%PDF minutes"


def test_keys_stay_out_of_it(backup):
    with zipfile.ZipFile(backup) as file:
        names = file.namelist()
    suffix = "sqlite3" if connection.vendor == "sqlite" else "dump"
    assert sorted(names) == [f"database/default.{suffix}", "files/record.pdf", "manifest.json"]


def test_a_damaged_file_is_refused_and_the_data_untouched(original, backup):
    before = original.content()
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    backup.write_bytes(content)
    said = original.run("restore", backup, "--yes", fails=True)
    assert "cannot be trusted" in said
    assert "nothing was changed" in said
    assert original.content() == before


def test_a_file_of_a_newer_version_is_refused(original, backup):
    with zipfile.ZipFile(backup) as old:
        members = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest["databases"]["default"]["migrations"].append("boards.9999_tomorrow")
    members["manifest.json"] = json.dumps(manifest)
    with zipfile.ZipFile(backup, "w") as new:
        for name, value in members.items():
            new.writestr(name, value)
    assert "does not know boards.9999_tomorrow" in original.run("restore", backup, "--yes", fails=True)


def test_data_is_replaced_only_when_told_so_and_the_old_is_kept(make, backup, original):
    other = make()
    other.run("migrate", "-v0")
    other.run("init", "--admin", "bob@voorbeeld.example")
    assert "Repeat with --yes" in other.run("restore", backup, fails=True)
    other.run("restore", backup, "--yes")
    assert other.content() == original.content()
    [aside] = other.home.glob("before-restore-*")
    [kept] = [path for path in aside.iterdir() if path.name.startswith(("leerkracht.sqlite3", "default.dump"))][:1]
    assert kept.stat().st_size > 10_000


def test_a_restore_that_cuts_the_tail_shows_until_somebody_says_why(make, tmp_path):
    here, file = make(), tmp_path / "with-anchor.zip"
    here.run("migrate", "-v0")
    here.run("init", "--admin", "ada@voorbeeld.example")
    here.run("audit", "seal")
    here.run("backup", file)
    here.run("audit", "seal")  # the line that the anchor was begun
    assert "All are as they were sealed" in here.run("audit", "verify")
    assert "audit accept-restore" in here.run("restore", file, "--yes")
    assert "the tail is cut" in here.run("audit", "verify", fails=True)
    here.run("audit", "accept-restore", "--reason", "disk lost")
    said = here.run("audit", "verify")
    assert "All are as they were sealed" in said
    assert "accepted: " in said
    assert "disk lost" in said


def test_a_restore_with_its_reason_is_accepted_at_once(make, tmp_path):
    here, file = make(), tmp_path / "with-anchor.zip"
    here.run("migrate", "-v0")
    here.run("init", "--admin", "ada@voorbeeld.example")
    here.run("audit", "seal")
    here.run("backup", file)
    here.run("audit", "seal")
    assert "accept-restore" not in here.run("restore", file, "--yes", "--reason", "moved back")
    assert "moved back" in here.run("audit", "verify")


def test_on_another_machine_the_anchor_comes_along(make, tmp_path):
    here, there, file = make(), make(), tmp_path / "with-anchor.zip"
    here.run("migrate", "-v0")
    here.run("init", "--admin", "ada@voorbeeld.example")
    here.run("audit", "seal")
    here.run("audit", "seal")
    here.run("backup", file)
    assert "accept-restore" not in there.run("restore", file)
    assert (there.home / "anchor.jsonl").read_text() == (here.home / "anchor.jsonl").read_text()
    assert "All are as they were sealed" in there.run("audit", "verify")


def test_nothing_is_replaced_under_a_running_product(original, backup):
    with hold(original.home):
        assert "is running on this data" in original.run("restore", backup, "--yes", fails=True)


def test_a_backup_never_overwrites_another(original):
    assert "exists already" in original.run("backup", original.home / "backup.zip", fails=True)


@pytest.fixture
def changes_wait(monkeypatch, settings, tmp_path):
    settings.DATA_HOME = tmp_path
    monkeypatch.setattr(schema, "pending", lambda *_: ["boards.0002_more"])
    monkeypatch.setattr(schema, "holds_data", lambda *_: True)
    return tmp_path


def remember(home, *, hours):
    (home / "run").mkdir()
    (home / "backup.zip").touch()
    made_at = (timezone.now() - timedelta(hours=hours)).isoformat()
    (home / backups.LAST).write_text(json.dumps({"file": str(home / "backup.zip"), "made_at": made_at}))


@pytest.mark.django_db
def test_data_is_not_migrated_without_a_backup(changes_wait):
    with pytest.raises(CommandError, match="no backup of the last 24 hours"):
        call_command("migrate", verbosity=0)


@pytest.mark.django_db
def test_a_backup_of_the_day_before_yesterday_is_too_old(changes_wait):
    remember(changes_wait, hours=25)
    with pytest.raises(CommandError, match="no backup of the last 24 hours"):
        call_command("migrate", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["backup", "told"])
def test_data_is_migrated_with_a_backup_or_when_told_so(changes_wait, how):
    if how == "backup":
        remember(changes_wait, hours=1)
    call_command("migrate", verbosity=0, without_backup=how == "told")


@pytest.mark.django_db
def test_a_backup_that_is_gone_does_not_count(changes_wait):
    remember(changes_wait, hours=1)
    (changes_wait / "backup.zip").unlink()
    assert not backups.is_recent(timezone.now())
