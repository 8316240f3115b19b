"""Where mail goes: into files (the demonstration, and until somebody sets it), or to a mail server."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

FILES = "django.core.mail.backends.filebased.EmailBackend"
SERVER = "django.core.mail.backends.smtp.EmailBackend"
NOBODY = "leerkracht <noreply@leerkracht.invalid>"


@dataclass(frozen=True)
class Mail:
    """Django's mail settings, under names of our own."""

    backend: str = FILES
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False
    sender: str = NOBODY


def mail(url: str, *, demonstration: bool) -> Mail:
    """Return the settings for ``smtp://user:password@host:port?from=name@host``; no mail leaves a demonstration."""
    if url == "file" or demonstration:
        return Mail()
    parts = urlsplit(url)
    is_tls = parts.scheme == "smtps"
    host = parts.hostname or "localhost"
    return Mail(
        backend=SERVER,
        host=host,
        port=parts.port or (465 if is_tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=not is_tls and host not in ("localhost", "127.0.0.1"),
        is_tls=is_tls,
        sender=dict(parse_qsl(parts.query)).get("from") or NOBODY,
    )
