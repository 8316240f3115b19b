"""A colleague asks to be erased, and the central team does it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leerkracht.core.forms import TypedAddressForm


class EraseRequestForm(TypedAddressForm):
    says_wrong = _("Dit is niet het adres van deze collega. Er is niets gewist.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Typ het e-mailadres van deze collega om te bevestigen")
        self.fields["email"].error_messages["required"] = _("Typ het adres over; dan weet je zeker wie je wist.")
