"""With what somebody signs in, besides mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from leerkracht.accounts.models import Person


@dataclass(frozen=True)
class Passkey:
    pk: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Keys:
    """A person's own means: an app, passkeys, and recovery codes left (``None``: never made)."""

    has_app: bool
    passkeys: tuple[Passkey, ...]
    codes_left: int | None


def keys_of(person: Person) -> Keys:
    """Return them; one query."""
    kinds = Authenticator.Type
    rows = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    codes = next((row for row in rows if row.type == kinds.RECOVERY_CODES), None)
    return Keys(
        has_app=any(row.type == kinds.TOTP for row in rows),
        passkeys=tuple(
            Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at)
            for row in rows
            if row.type == kinds.WEBAUTHN
        ),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )
