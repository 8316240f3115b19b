"""The backup file: a zip with a manifest that knows every member's digest. No database is touched here."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1024 * 1024


class Damaged(Exception):
    """The file is not what was once written; the text says where."""


@dataclass(frozen=True)
class DatabasePart:
    """One database in the backup."""

    member: str
    engine: str
    migrations: list[str]
    rows: dict[str, int]


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    version: str
    databases: dict[str, DatabasePart]
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    format: int = FORMAT


def write(target: Path, manifest: Manifest, members: Iterable[tuple[str, Path]]) -> Manifest:
    """Write ``target`` whole or not at all, readable by its owner only, and check what was written."""
    partial = target.with_name(target.name + ".partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
                for name, path in members:
                    archive.write(path, name)
                    manifest.members[name] = {"sha256": digest(path), "size": path.stat().st_size}
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True))
            file.flush()
            os.fsync(file.fileno())
        verify(partial)
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return manifest


def verify(file: Path) -> Manifest:
    """Read every byte of ``file`` and return its manifest; ``Damaged`` says what is wrong."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            _compare_names(set(archive.namelist()) - {MANIFEST}, set(manifest.members))
            for name, expected in manifest.members.items():
                with archive.open(name) as member:
                    if _digest(member) != expected["sha256"]:
                        raise Damaged(f"{name} is not what was written")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError) as error:
        raise Damaged(str(error)) from error
    except Exception as error:  # zlib and friends have errors of their own
        if isinstance(error, Damaged):
            raise
        raise Damaged(str(error)) from error
    return manifest


def extract(file: Path, name: str, to: Path) -> None:
    """Put one member at ``to``."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file) as archive, archive.open(name) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, BLOCK)
        target.flush()
        os.fsync(target.fileno())


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: Any) -> str:
    seen = hashlib.sha256()
    while block := file.read(BLOCK):
        seen.update(block)
    return seen.hexdigest()


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        content = json.loads(archive.read(MANIFEST))
        if content["format"] > FORMAT:
            raise Damaged(f"it was made by a newer version ({content['version']})")
        parts = {alias: DatabasePart(**part) for alias, part in content.pop("databases").items()}
        return Manifest(databases=parts, **content)
    except (KeyError, TypeError, AttributeError) as error:
        raise Damaged("it holds no manifest of a leerkracht backup") from error


def _compare_names(present: set[str], expected: set[str]) -> None:
    if missing := expected - present:
        raise Damaged(f"{min(missing)} is missing")
    if strange := present - expected:
        raise Damaged(f"{min(strange)} does not belong in it")
    if unsafe := [name for name in present if name.startswith("/") or ".." in Path(name).parts]:
        raise Damaged(f"{unsafe[0]} points outside it")
