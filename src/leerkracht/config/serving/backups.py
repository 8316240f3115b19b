"""A whole backup of this installation, and back. Keys are never part of it (docs/operations.md)."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connections

from leerkracht.config.serving import archive, engines, schema
from leerkracht.config.serving.archive import Damaged, DatabasePart, Manifest

LAST = Path("run") / "last-backup.json"
FRESH_ENOUGH = timedelta(hours=24)
KEEP_AUTOMATIC = 10
FILES = "files"
ANCHOR = "anchor/anchor.jsonl"


class Refused(Exception):
    """This backup cannot be put back here; nothing was changed. The text says why and what now."""


def aliases() -> list[str]:
    """Return the databases, the main one last: what it points at must already be in the backup."""
    return sorted(settings.DATABASES, key=lambda alias: (alias == "default", alias))


def make(target: Path) -> Manifest:
    """Write everything but the keys to ``target``, verify it and remember when it was made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    now = datetime.now(tz=UTC)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        anchor = _copied_anchor(Path(folder))  # before the rows: it never knows more than they do
        dumps = {alias: Path(folder) / f"{alias}.{_suffix(alias)}" for alias in aliases()}
        parts = {alias: _part(alias, path) for alias, path in dumps.items()}
        for alias, path in dumps.items():
            engines.check(connections[alias].vendor, path, parts[alias].rows)
        manifest = Manifest(made_at=now.isoformat(timespec="seconds"), version=version("leerkracht"), databases=parts)
        members = [(parts[alias].member, path) for alias, path in dumps.items()]
        manifest = archive.write(target, manifest, [*members, *anchor, *_stored_files()])
    _remember(target, now)
    return manifest


def make_automatic() -> Path:
    """Make a backup in the data folder, as before an upgrade, and keep the last few of those."""
    folder = settings.DATA_HOME / "backups"
    target = folder / f"automatic-{time.strftime('%Y%m%d-%H%M%S')}.zip"
    make(target)
    for old in sorted(folder.glob("automatic-*.zip"))[:-KEEP_AUTOMATIC]:
        old.unlink()
    return target


def is_recent(now: datetime) -> bool:
    """Tell whether a backup that is still there was made in the last day."""
    try:
        last = json.loads((settings.DATA_HOME / LAST).read_text())
        return Path(last["file"]).exists() and now - datetime.fromisoformat(last["made_at"]) < FRESH_ENOUGH
    except (OSError, ValueError, KeyError):
        return False


def check(source: Path) -> Manifest:
    """Return the manifest when ``source`` can be put back here; ``Refused`` otherwise."""
    if not source.is_file():
        raise Refused(f"There is no file {source}.")
    try:
        manifest = archive.verify(source)
    except Damaged as damage:
        text = f"{source.name} cannot be trusted: {damage}. Take another backup; nothing was changed."
        raise Refused(text) from damage
    if set(manifest.databases) != set(aliases()):
        raise Refused(f"{source.name} holds other databases than this installation has; nothing was changed.")
    for alias, part in manifest.databases.items():
        _check_part(source, alias, part)
    return manifest


def holds_data() -> bool:
    """Tell whether a restore would replace somebody's work."""
    return any(schema.holds_data(alias) for alias in aliases()) or any(True for _ in _stored_files())


def restore(source: Path, manifest: Manifest) -> Path:
    """Put a checked backup back and return the folder with what was there before."""
    aside = settings.DATA_HOME / f"before-restore-{time.strftime('%Y%m%d-%H%M%S')}"
    with tempfile.TemporaryDirectory(dir=_home(), prefix=".restore-") as folder:
        dumps = {}
        for alias, part in manifest.databases.items():
            dumps[alias] = Path(folder) / f"{alias}.{_suffix(alias)}"
            archive.extract(source, part.member, dumps[alias])
            engines.check(connections[alias].vendor, dumps[alias], part.rows)
        _extract_files(source, manifest, Path(folder) / FILES)
        for alias, path in dumps.items():
            engines.load(alias, path, aside)
        _put_back_anchor(source, manifest)
        _swap_files(Path(folder) / FILES, aside)
    for alias, part in manifest.databases.items():
        if schema.row_counts(alias) != part.rows:
            raise Refused(f"After the restore, {alias} has other rows than the backup. The old data is in {aside}.")
    return aside


def _part(alias: str, path: Path) -> DatabasePart:
    rows = engines.dump(alias, path)
    return DatabasePart(
        member=f"database/{path.name}",
        engine=connections[alias].vendor,
        migrations=schema.applied(alias),
        rows=rows,
    )


def _check_part(source: Path, alias: str, part: DatabasePart) -> None:
    if part.engine != connections[alias].vendor:
        raise Refused(
            f"{source.name} was made on {part.engine}, this installation runs on {connections[alias].vendor}. "
            "Restore it on an installation of its own kind; nothing was changed."
        )
    if newer := sorted(set(part.migrations) - schema.known(alias)):
        raise Refused(
            f"{source.name} was made by a newer version: this one does not know {newer[0]}. "
            "Install that version (or newer) and restore there; nothing was changed."
        )


def _stored_files() -> Iterator[tuple[str, Path]]:
    root = settings.DATA_HOME / FILES
    keys = Path(settings.KEY_HOME)
    for path in sorted(root.rglob("*")):
        if path.is_file() and keys not in path.parents:
            yield f"{FILES}/{path.relative_to(root).as_posix()}", path


def _copied_anchor(folder: Path) -> list[tuple[str, Path]]:
    kept = settings.ANCHORS[0]
    return [(ANCHOR, Path(shutil.copyfile(kept, folder / "anchor.jsonl")))] if kept.exists() else []


def _put_back_anchor(source: Path, manifest: Manifest) -> None:
    """On a new machine the anchor comes along; one that is there knows more, and stays."""
    if ANCHOR in manifest.members and not any(place.exists() for place in settings.ANCHORS):
        archive.extract(source, ANCHOR, settings.ANCHORS[0])


def _extract_files(source: Path, manifest: Manifest, to: Path) -> None:
    to.mkdir()
    for name in manifest.members:
        if name.startswith(f"{FILES}/"):
            archive.extract(source, name, to / name.removeprefix(f"{FILES}/"))


def _swap_files(fresh: Path, aside: Path) -> None:
    present = settings.DATA_HOME / FILES
    if present.exists():
        aside.mkdir(parents=True, exist_ok=True)
        present.rename(aside / FILES)
    shutil.move(fresh, present)


def _remember(target: Path, now: datetime) -> None:
    mark = _home() / LAST
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(json.dumps({"file": str(target.resolve()), "made_at": now.isoformat()}))


def _suffix(alias: str) -> str:
    return "sqlite3" if connections[alias].vendor == "sqlite" else "dump"


def _home() -> Path:
    home = Path(settings.DATA_HOME)
    home.mkdir(parents=True, exist_ok=True)
    return home
