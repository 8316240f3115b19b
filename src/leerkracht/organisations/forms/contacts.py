"""Somebody to call at a school or governing body."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkracht.organisations.models import Contact
from leerkracht.organisations.services.contacts import ContactFacts


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=120, error_messages={"required": _("Vul een naam in.")})
    function = forms.CharField(label=_("Functie"), max_length=80, required=False)
    email = forms.EmailField(label=_("E-mailadres"), max_length=254, required=False)
    phone = forms.CharField(label=_("Telefoon"), max_length=30, required=False)
    remark = forms.CharField(
        label=_("Opmerking"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wie de contacten van deze plek bijhoudt, leest dit ook."),
    )

    def __init__(self, *args: Any, contact: Contact | None = None, **kwargs: Any) -> None:
        start = {name: getattr(contact, name) for name in self.base_fields} if contact else {}
        super().__init__(*args, **{"initial": start, **kwargs})

    def facts(self) -> ContactFacts:
        found = self.cleaned_data
        return ContactFacts(" ".join(found["name"].split()), *(found[name] for name in list(self.fields)[1:]))
