"""Where allauth asks how this product does things."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable
from functools import partial
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from ..models import Person
from ..queries.second_factor import needs_second_factor
from ..services import outbox

_WRONG_CODE = _("Deze code klopt niet. Kijk in je mail of app welke code de laatste is, en typ hem over.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Codes instead of passwords, in the words of this product."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Met dit adres kun je niet meer inloggen. Vraag je schoolcoach hoe dat zit."),
        "duplicate_email": _("Dit is al jouw e-mailadres."),
        "incorrect_code": _WRONG_CODE,
        "same_as_current": _("Dit is al jouw e-mailadres. Vul een ander adres in, of ga terug."),
        "too_many_login_attempts": _(
            "Dit ging een paar keer mis. Om je account te beschermen wachten we even: probeer het over tien minuten."
        ),
        "rate_limited": _("Dat ging te snel achter elkaar. Wacht een minuut en probeer het opnieuw."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Make and send it after the answer, in the language of the page that asked for it."""
        send = partial(super().send_mail, template_prefix, email, context)
        outbox.post(partial(_in_language, get_language() or settings.LANGUAGE_CODE, send))

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of the address, not the one who typed it."""
        context = {"sign_in_url": self.request.build_absolute_uri(reverse("account_login"))}
        self.send_mail("account/email/account_already_exists", email, context)

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, str]]:
        """Ask a passkey first: a touch is quicker than a code, and who has one may have no app."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return sorted(methods, key=lambda method: not method["id"].endswith("webauthn"))


def _in_language(language: str, send: Callable[[], None]) -> None:
    with override(language):
        send()


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator apps and passkeys; their secrets are unreadable in the database and in its backups."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Bij jouw rol hoort een tweede sleutel. Voeg eerst een passkey toe; daarna kun je deze app loskoppelen."
        ),
        "incorrect_code": _WRONG_CODE,
        "unverified_email": _("Bevestig eerst je e-mailadres. Log opnieuw in met een code uit je mail."),
    }

    def build_totp_svg(self, url: str) -> str:
        out = io.BytesIO()
        segno.make(url, error="m").save(out, kind="svg", scale=5, border=2, xmldecl=False, light="#fff")
        return out.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return str(self._cipher.encrypt(text.encode()), "ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return str(self._cipher.decrypt(encrypted_text.encode()), "utf-8")

    @cached_property
    def _cipher(self):  # type: ignore[no-untyped-def]  # its type would load the library at start-up
        from cryptography.fernet import Fernet  # reason: heavy, and only needed when a second factor is used

        key = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        has_other = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return has_other or not needs_second_factor(authenticator.user)

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002  (allauth's name)
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "leerkracht"}
