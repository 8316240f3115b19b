"""Which organisations people may come from, whose accounts are linked, and where somebody works."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules.federation import NAMES, OLDEST_SECONDS, Arrival, Federation

WAITING = "federation_arrival"
WorksAt = Callable[[Person, str, date], bool]
_works_at: list[WorksAt] = []


@dataclass(frozen=True)
class SchoolAccount:
    """An account of somebody's school or institution, as the profile shows it."""

    pk: int
    name: str
    linked_at: datetime
    used_at: datetime


def register_works_at(answer: WorksAt) -> None:
    """Answer whether somebody works at the school with this code; an upper room calls this in ``AppConfig.ready``."""
    if answer not in _works_at:
        _works_at.append(answer)


def works_at(person: Person, school_code: str, on: date) -> bool:
    return any(answer(person, school_code, on) for answer in _works_at)


def federations() -> tuple[Federation, ...]:
    """Those that this installation knows, in the order that people look for them."""
    return tuple(settings.FEDERATIONS)


def federation(slug: str) -> Federation | None:
    return next((known for known in federations() if known.slug == slug), None)


def school_accounts_of(person: Person) -> list[SchoolAccount]:
    """Return them, oldest first; one query."""
    rows = SocialAccount.objects.filter(user=person).order_by("date_joined", "pk")
    return [SchoolAccount(row.pk, _name(row.provider), row.date_joined, row.last_login) for row in rows]


def waiting_arrival(session: Mapping[str, Any], now: datetime) -> Arrival | None:
    """Who came back to accept an invitation and did not press yet; forgotten after ten minutes."""
    told = session.get(WAITING)
    if not told or now.timestamp() - told["at"] > OLDEST_SECONDS:
        return None
    return Arrival(told["slug"], told["issuer"], told["subject"], told["brin"])


def as_waiting(arrival: Arrival, now: datetime) -> dict[str, Any]:
    """The same, as a session keeps it."""
    return {**asdict(arrival), "at": now.timestamp()}


def _name(issuer: str) -> str:
    """By the issuer it was linked with, also after that was taken out of the settings."""
    host = issuer.split("://", 1)[-1].split("/", 1)[0]
    known = next((one.name for one in federations() if _host(one.issuer) == host), None)
    return known or (NAMES["microsoft"] if host == "login.microsoftonline.com" else host)


def _host(issuer: str) -> str:
    return issuer.split("://", 1)[-1].split("/", 1)[0]
