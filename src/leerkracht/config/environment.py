"""Read the environment once, typed, and stop with a sentence a system administrator understands."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from leerkracht.accounts.rules.federation import Federation

REPOSITORY = Path(__file__).resolve().parents[3]
FEDERATIONS = {
    "LEERKRACHT_ENTREE": "entree",
    "LEERKRACHT_SURFCONEXT": "surfconext",
    "LEERKRACHT_MICROSOFT": "microsoft",
}


class SettingRefused(SystemExit):
    """A variable has a value that the product cannot start with; the text names variable, value and what is allowed."""

    def __init__(self, name: str, value: str, allowed: str) -> None:
        super().__init__(f"{name} is set to {value!r}. Allowed: {allowed}. Change or unset it and start again.")


@dataclass(frozen=True)
class Environment:
    """What the surroundings say; every name stands in docs/operations.md."""

    home: Path
    keys: Path
    anchors: tuple[Path, ...]
    demonstration: bool
    debug: bool
    database_url: str
    base_url: str
    hosts: tuple[str, ...]
    mail_url: str
    log_format: str
    security_contact: str
    instance: str
    federations: tuple[Federation, ...]

    @property
    def is_secure(self) -> bool:
        return self.base_url.startswith("https://")


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    """Return the environment, or raise ``SettingRefused`` for the first value that cannot be used."""
    home = Path(variables.get("LEERKRACHT_HOME") or REPOSITORY / "var").expanduser().resolve()
    base_url = _url(variables, "LEERKRACHT_URL", "http://localhost:8000", ("http://", "https://"))
    host = base_url.split("://", 1)[1].split("/", 1)[0]
    return Environment(
        home=home,
        keys=Path(variables.get("LEERKRACHT_KEYS") or home / "keys").expanduser().resolve(),
        anchors=_paths(variables.get("LEERKRACHT_ANCHOR") or str(home / "anchor.jsonl"))
        + _paths(variables.get("LEERKRACHT_ANCHOR_COPY") or ""),
        demonstration=_truth(variables, "LEERKRACHT_DEMO"),
        debug=_truth(variables, "LEERKRACHT_DEBUG"),
        database_url=_url(variables, "DATABASE_URL", "", ("", "postgresql://", "postgres://", "sqlite:///")),
        base_url=base_url.rstrip("/"),
        hosts=_names(variables, "LEERKRACHT_HOSTS") or tuple({host.rsplit(":", 1)[0], "localhost", "127.0.0.1"}),
        mail_url=_url(variables, "LEERKRACHT_MAIL", "file", ("file", "smtp://", "smtps://")),
        log_format=_choice(variables, "LEERKRACHT_LOG", "text", ("text", "json")),
        security_contact=_url(variables, "LEERKRACHT_SECURITY_CONTACT", "", ("", "mailto:", "https://")),
        instance=host.replace(":", "_").replace(".", "_").replace("[", "").replace("]", ""),
        federations=_federations(variables),
    )


def _federations(variables: Mapping[str, str]) -> tuple[Federation, ...]:
    """Organisations whose sign-in page may be used: ``https://client-id:secret@issuer``, percent-encoded."""
    return tuple(_federation(slug, name, variables[name]) for name, slug in FEDERATIONS.items() if variables.get(name))


def _federation(slug: str, name: str, value: str) -> Federation:
    parts = urlsplit(value)
    is_here = parts.hostname in ("localhost", "127.0.0.1")
    if not (parts.username and parts.password and parts.hostname) or (parts.scheme != "https" and not is_here):
        allowed = "https://client-id:secret@issuer, where : / and @ in id and secret are written as %3A %2F and %40"
        raise SettingRefused(name, "(a secret, not shown)", allowed)
    issuer = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")
    return Federation(slug, issuer, unquote(parts.username), unquote(parts.password))


def _paths(text: str) -> tuple[Path, ...]:
    return (Path(text).expanduser().resolve(),) if text else ()


def _truth(variables: Mapping[str, str], name: str) -> bool:
    return _choice(variables, name, "no", ("yes", "no")) == "yes"


def _choice(variables: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = variables.get(name) or default
    if value not in allowed:
        raise SettingRefused(name, value, " or ".join(allowed))
    return value


def _url(variables: Mapping[str, str], name: str, default: str, starts: tuple[str, ...]) -> str:
    value = variables.get(name) or default
    if value != default and not any(start and value.startswith(start) for start in starts):
        raise SettingRefused(name, value, "something that starts with " + " or ".join(s for s in starts if s))
    return value


def _names(variables: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in variables.get(name, "").split(",") if part.strip())
