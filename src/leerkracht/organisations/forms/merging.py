"""By which name and address one person goes on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkracht.accounts.models import Person
from leerkracht.organisations.services.merging import Choice


class MergeForm(forms.Form):
    name = forms.ChoiceField(
        label=_("Welke naam blijft"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies de naam die blijft.")},
    )
    email = forms.ChoiceField(
        label=_("Met welk adres logt deze collega in"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies het adres dat blijft.")},
    )
    other = forms.ChoiceField(
        label=_("Het andere adres"),
        widget=forms.RadioSelect,
        choices=[("keep", _("werkt ook nog om in te loggen")), ("drop", _("vervalt"))],
        initial="keep",
        error_messages={"required": _("Kies wat er met het andere adres gebeurt.")},
    )

    def __init__(self, *args: Any, first: Person, second: Person, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"name": first.name, "email": first.email}, **kwargs})
        for name in ("name", "email"):
            values = dict.fromkeys(getattr(person, name) for person in (first, second))
            self.fields[name].choices = [(value, value) for value in values]  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        found = self.cleaned_data
        return Choice(found["name"], found["email"], found["other"] == "keep")
