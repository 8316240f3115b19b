"""Get the files of a roster out of a zip or a folder, no more than fits."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from leerkracht.core.rules import gettext_noop as _

from .reading import FILES, RosterRefused

LARGEST = 30_000_000  # of one file, unpacked: some 200,000 rows
MOST_ENTRIES = 200


def zip_files(content: bytes) -> dict[str, bytes]:
    """Return the roster's own files by name; others in the zip are left where they are.

    Raises
    ------
    RosterRefused : no zip, locked, or larger than a roster is
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise RosterRefused("too_large", TOO_LARGE)
            return {name: _unpacked(archive, entry) for entry in entries if (name := _name(entry.filename)) in FILES}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise RosterRefused("no_zip", NO_ZIP) from error


def folder_files(folder: Path) -> dict[str, bytes]:
    """Return the roster's own files in ``folder``."""
    found = {path.name.lower(): path for path in folder.iterdir() if path.name.lower() in FILES}
    if any(path.stat().st_size > LARGEST for path in found.values()):
        raise RosterRefused("too_large", TOO_LARGE)
    return {name: path.read_bytes() for name, path in found.items()}


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].lower()


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read no further than allowed: the size that a zip says of itself may be a lie."""
    with archive.open(entry) as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise RosterRefused("too_large", TOO_LARGE)
    return content


NO_ZIP = _("Dit is geen zip die we kunnen openen. Maak de export opnieuw, zonder wachtwoord.")
TOO_LARGE = _("Dit is groter dan een personeelslijst is. Vraag een export met alleen medewerkers.")
