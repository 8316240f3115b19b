"""Where the source is, and which of it is ours; no test itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "src" / "leerkracht"
ROOMS = ("boards", "organisations", "accounts", "core")
NOT_OURS = ("vendor", "migrations", "locale", "__pycache__")


def ours(pattern: str, *folders: str) -> list[Path]:
    """Return our own files of one kind, sorted; what others made (vendored) is not judged."""
    places = [ROOT / folder for folder in folders or ("src", "tests", "bin", "benchmarks")]
    found = [path for place in places for path in sorted(place.rglob(pattern))]
    return [path for path in found if not set(path.relative_to(ROOT).parts) & set(NOT_OURS)]


def templates() -> list[Path]:
    return [path for path in ours("*.html", "src") if "templates" in path.parts]


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    """Return every text file that is or will be committed."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).is_file() and not _is_binary(ROOT / name)]


def _is_binary(path: Path) -> bool:
    return b"\0" in path.read_bytes()[:8000]
