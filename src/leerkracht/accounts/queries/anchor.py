"""Read the anchor: the file outside the database that knows the newest seals (``services.anchor`` writes it)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

LONGEST_LINE = 4_096


class Disagree(Exception):
    """Two anchors know different digests of one seal: ``args[0]`` is its number."""


@dataclass(frozen=True)
class Anchored:
    """What the files know: digest per seal number, backups that were put back, lines that could not be read."""

    digests: Mapping[int, bytes] = field(default_factory=dict)
    restores: tuple[str, ...] = ()
    torn: int = 0

    @property
    def last(self) -> int:
        """The newest seal it knows; 0 without any."""
        return max(self.digests, default=0)


def places() -> tuple[Path, ...]:
    """Where the anchor is kept: its own place, and a second one when the settings name it."""
    return tuple(settings.ANCHORS)


def known(paths: Iterable[Path] | None = None) -> Anchored | None:
    """Return what the anchors say together, or None when there is none.

    Raises
    ------
    Disagree : two of them know another digest of one seal
    """
    found = [one for one in map(read, places() if paths is None else paths) if one]
    if not found:
        return None
    together: dict[int, bytes] = {}
    for one in found:
        for number, digest in one.digests.items():
            if together.setdefault(number, digest) != digest:
                raise Disagree(number)
    return Anchored(together, max((one.restores for one in found), key=len), sum(one.torn for one in found))


def read(path: Path) -> Anchored | None:
    """Return what one file says; None without one, or when it says nothing. A torn line is counted, and skipped."""
    if not path.exists():
        return None
    digests: dict[int, bytes] = {}
    restores: list[str] = []
    torn = 0
    with path.open(encoding="utf-8", errors="replace") as file:
        for text in file:
            line = _line(text)
            if line is None:
                torn += 1
            elif "restored_to" in line:
                digests = {seal: digest for seal, digest in digests.items() if seal <= line["restored_to"]}
                restores.append(f"{line['at']}: {line['why']}")
            elif line["seal"]:
                digests[line["seal"]] = line["digest"]
    return Anchored(digests, tuple(restores), torn) if digests or restores else None


def newest(path: Path) -> tuple[int, bytes] | None:
    """Return number and digest of the seal in the last whole line, without reading the rest; None without one."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - LONGEST_LINE))
        lines = file.read().decode("utf-8", errors="replace").splitlines()
    for line in map(_line, reversed(lines)):
        if line is not None:
            return (line["seal"], line["digest"]) if "seal" in line else (line["restored_to"], b"")
    return None


def _line(text: str) -> dict[str, Any] | None:
    try:
        line = json.loads(text)
        if "restored_to" in line:
            return {"restored_to": int(line["restored_to"]), "why": str(line["why"]), "at": str(line["at"])}
        return {"seal": int(line["seal"]), "digest": bytes.fromhex(line["digest"])}
    except (ValueError, KeyError, TypeError):
        return None
