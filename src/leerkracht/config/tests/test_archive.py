"""The backup file: whole, or refused with the reason."""

from __future__ import annotations

import json
import stat
import zipfile

import pytest

from leerkracht.config.serving import archive
from leerkracht.config.serving.archive import Damaged, DatabasePart, Manifest


@pytest.fixture
def backup(tmp_path):
    member = tmp_path / "default.sqlite3"
    member.write_bytes(b"rows " * 5000)
    part = DatabasePart("database/default.sqlite3", "sqlite", ["core.0001_initial"], {"core_week": 3})
    manifest = Manifest(made_at="2026-11-21T10:00:00+00:00", version="0.1.0", databases={"default": part})
    target = tmp_path / "backup.zip"
    archive.write(target, manifest, [("database/default.sqlite3", member)])
    return target


def rewritten(backup, *, drop=(), change=None, extra=None):
    """Write the same zip with other members, valid as a zip."""
    with zipfile.ZipFile(backup) as old:
        content = {name: old.read(name) for name in old.namelist() if name not in drop}
    content |= change or {}
    content |= extra or {}
    with zipfile.ZipFile(backup, "w") as new:
        for name, value in content.items():
            new.writestr(name, value)
    return backup


def test_a_whole_file_says_what_it_is(backup):
    manifest = archive.verify(backup)
    assert manifest.databases["default"].rows == {"core_week": 3}
    assert list(manifest.members) == ["database/default.sqlite3"]


def test_only_its_owner_can_read_it(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_every_single_changed_byte_is_seen(backup):
    whole = backup.read_bytes()
    for place in range(0, len(whole), 7):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            manifest = archive.verify(backup)
        except Damaged:
            continue
        # Bytes that zip itself never reads (times, attributes) may differ; what counts is still as written.
        assert manifest.members["database/default.sqlite3"]["size"] == 25000


@pytest.mark.parametrize("kept", [0, 10, 200, -1])
def test_half_a_file_is_refused(backup, kept):
    backup.write_bytes(backup.read_bytes()[:kept])
    with pytest.raises(Damaged):
        archive.verify(backup)


def test_a_member_that_went_missing_is_named(backup):
    with pytest.raises(Damaged, match=r"database/default\.sqlite3 is missing"):
        archive.verify(rewritten(backup, drop=("database/default.sqlite3",)))


def test_a_member_that_was_changed_is_named(backup):
    with pytest.raises(Damaged, match=r"default\.sqlite3 is not what was written"):
        archive.verify(rewritten(backup, change={"database/default.sqlite3": b"other"}))


def test_a_stranger_in_the_file_is_named(backup):
    with pytest.raises(Damaged, match=r"evil\.txt does not belong in it"):
        archive.verify(rewritten(backup, extra={"evil.txt": b"x"}))


def test_a_member_that_points_outside_is_refused(backup):
    with zipfile.ZipFile(backup) as old:
        manifest = json.loads(old.read("manifest.json"))
    manifest["members"]["../evil"] = {"sha256": archive.hashlib.sha256(b"x").hexdigest(), "size": 1}
    with pytest.raises(Damaged, match="points outside"):
        archive.verify(rewritten(backup, change={"manifest.json": json.dumps(manifest)}, extra={"../evil": b"x"}))


def test_another_zip_is_no_backup(tmp_path):
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("hello.txt", "hello")
    with pytest.raises(Damaged, match="no manifest"):
        archive.verify(other)


def test_a_file_of_a_newer_format_is_refused(backup):
    with zipfile.ZipFile(backup) as old:
        manifest = json.loads(old.read("manifest.json")) | {"format": 99, "version": "9.0"}
    with pytest.raises(Damaged, match=r"newer version \(9\.0\)"):
        archive.verify(rewritten(backup, change={"manifest.json": json.dumps(manifest)}))


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path, backup):
    target = tmp_path / "second.zip"
    with pytest.raises(FileNotFoundError):
        archive.write(target, archive.verify(backup), [("files/gone", tmp_path / "gone")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "default.sqlite3"]
