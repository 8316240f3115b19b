"""Keys live apart from data: a folder only the product may read, made at first start."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """Return the installation's signing key from ``folder``; make folder (0700) and key (0600) when absent."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # two processes started at once; the first one's key stands
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
