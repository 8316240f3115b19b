"""A colleague asks to be erased, and the central team does it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkracht.accounts.models import Person


class EraseRequestForm(forms.Form):
    email = forms.CharField(
        label=_("Typ het e-mailadres van deze collega om te bevestigen"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Typ het adres over; dan weet je zeker wie je wist.")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"]).strip()
        if typed.casefold() != self.person.email.casefold():
            raise forms.ValidationError(_("Dit is niet het adres van deze collega. Er is niets gewist."))
        return typed
