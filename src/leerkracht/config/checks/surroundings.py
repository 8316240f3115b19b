"""Whether the machine and the settings fit each other: the demonstration, https, debugging, mail, disk."""

from __future__ import annotations

import shutil
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from leerkracht.config.checks import Finding, fine, note, wrong

ABOUT = "settings"
LEAST_FREE = 1_000_000_000


def look() -> list[Finding]:
    host = urlsplit(settings.BASE_URL).hostname or ""
    found = [*_address(host), *_debugging(host), *_mail(), _disk(Path(settings.DATA_HOME))]
    return [finding for finding in found if finding]


def is_public(host: str) -> bool:
    """Tell whether a host can be reached from outside: not this machine, not a private network."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".test")):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host


def _address(host: str) -> list[Finding]:
    if settings.DEMONSTRATION and is_public(host):
        text = f"The demonstration runs on {host}: anybody can be anyone there. Unset LEERKRACHT_DEMO for real use."
        return [wrong(ABOUT, text)]
    if settings.DEMONSTRATION:
        return [note(ABOUT, "This is the demonstration; nothing in it is real.")]
    if not settings.BASE_URL.startswith("https://") and is_public(host):
        return [wrong(ABOUT, f"LEERKRACHT_URL is {settings.BASE_URL}: sign-in needs https (docs/operations.md).")]
    return [fine(ABOUT, f"The address is {settings.BASE_URL}.")]


def _debugging(host: str) -> list[Finding]:
    if settings.DEBUG and is_public(host):
        return [wrong(ABOUT, "LEERKRACHT_DEBUG is yes on a public address; error pages would show data. Unset it.")]
    return []


def _mail() -> list[Finding]:
    if settings.DEMONSTRATION or not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return []
    text = "Mail is written to files, so nobody receives a sign-in code. Set LEERKRACHT_MAIL to smtp://…"
    return [wrong("mail", text)]


def _disk(home: Path) -> Finding:
    free = shutil.disk_usage(home if home.exists() else home.parent).free
    if free < LEAST_FREE:
        return wrong("disk", f"{free / 1e9:.1f} GB is free in {home}; 1 GB is the least. Make room before it is full.")
    return fine("disk", f"{free / 1e9:.0f} GB is free.")
