"""Whether the keys are readable by the product alone, and stay out of what is copied."""

from __future__ import annotations

import stat
from pathlib import Path

from django.conf import settings

from leerkracht.config.checks import Finding, fine, wrong

ABOUT = "keys"


def look() -> list[Finding]:
    return of(Path(settings.KEY_HOME), copied=[settings.DATA_HOME / "files", settings.DATA_HOME / "backups"])


def of(folder: Path, *, copied: list[Path]) -> list[Finding]:
    """Look at one key folder; ``copied`` are the folders that leave the machine."""
    if not folder.is_dir():
        return [wrong(ABOUT, f"There is no key folder {folder}. Restore it from its own safe place.")]
    found = [_mode(folder, 0o700), *(_mode(path, 0o600) for path in sorted(folder.rglob("*")) if path.is_file())]
    if any(copy == folder or copy in folder.parents for copy in copied):
        found.append(wrong(ABOUT, f"The key folder {folder} lies in a folder that is copied. Set LEERKRACHT_KEYS."))
    return [finding for finding in found if finding] or [fine(ABOUT, "Only the product can read the keys.")]


def _mode(path: Path, wanted: int) -> Finding | None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode == wanted:
        return None
    return wrong(ABOUT, f"{path} has mode {mode:04o}; it must be {wanted:04o}. Run: chmod {wanted:o} {path}")
