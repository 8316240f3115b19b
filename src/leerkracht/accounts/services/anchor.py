"""The anchor: a file outside the database that knows the newest seal, so that a cut tail shows.

One line of JSON per round of sealing, only ever appended. A line ``restored_to`` says that a backup was put back and
that the chain goes on from there.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path


def extend(path: Path, *, number: int, digest: bytes, at: datetime) -> None:
    """Add the newest seal; on disk when this returns."""
    _append(path, {"seal": number, "digest": digest.hex(), "at": at.isoformat()})


def accept(path: Path, *, number: int, why: str, at: datetime) -> None:
    """Say that what this file knows after seal ``number`` is rightly gone, since a backup was put back."""
    _append(path, {"restored_to": number, "why": why[:500], "at": at.isoformat()})


def _append(path: Path, line: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        text = json.dumps(line, ensure_ascii=False) + "\n"
        if file.tell() and not _ends_whole(file.fileno(), file.tell()):
            text = "\n" + text  # what power cut off stays a line of its own
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _ends_whole(handle: int, size: int) -> bool:
    return os.pread(handle, 1, size - 1) == b"\n"
