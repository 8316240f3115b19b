"""Inviting somebody, and saying yes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkracht.organisations.models import Role
from leerkracht.organisations.queries.invitations import EXPIRED, OPEN, REVOKED, USED
from leerkracht.organisations.rules.invitations import MOST_PLACES
from leerkracht.organisations.services.invitations import Guest

_NOT_AN_ADDRESS = _("Dit lijkt geen e-mailadres. Kijk of er een @ in staat, zoals naam@school.nl.")


def _email(label: Any) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        widget=forms.EmailInput(attrs={"inputmode": "email", "spellcheck": "false"}),
        error_messages={"required": _("Vul een e-mailadres in."), "invalid": _NOT_AN_ADDRESS},
    )


_STATES = [
    ("", _("alle")),
    (OPEN, _("open")),
    (EXPIRED, _("verlopen")),
    (USED, _("gebruikt")),
    (REVOKED, _("ingetrokken")),
]


class InvitationStateForm(forms.Form):
    """Which invitations a list shows; what it does not understand shows those that are open."""

    state = forms.ChoiceField(label=_("Stand"), required=False, choices=_STATES, initial=OPEN)

    @property
    def wanted(self) -> str:
        return self.cleaned_data["state"] if self.is_valid() else OPEN


class InviteForm(forms.Form):
    name = forms.CharField(
        label=_("Naam"), max_length=120, error_messages={"required": _("Vul de naam in; die staat in de mail.")}
    )
    email = _email(_("E-mailadres"))

    def guest(self) -> Guest:
        return Guest(self.cleaned_data["email"], " ".join(self.cleaned_data["name"].split()))


class RoleInviteForm(InviteForm):
    """The same, with the roles that the reader may hand out here."""

    role = forms.ChoiceField(label=_("Rol"), widget=forms.RadioSelect, error_messages={"required": _("Kies de rol.")})
    field_order = ["role", "name", "email"]

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, str(role.label).capitalize()) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["role"].initial = choices[0][0]


class QrForm(forms.Form):
    places = forms.IntegerField(
        label=_("Voor hoeveel collega’s?"),
        min_value=1,
        max_value=MOST_PLACES,
        initial=10,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Vul een aantal in."),
            "invalid": _("Vul een getal in, bijvoorbeeld 10."),
            "min_value": _("Minstens één collega."),
            "max_value": _("Ten hoogste %(limit_value)s. Maak er later een code bij."),
        },
    )


class NameForm(forms.Form):
    """Whoever opens a mailed link: the address is known, the name is their own."""

    name = forms.CharField(
        label=_("Hoe heet je?"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul je naam in, zoals je collega’s je kennen.")},
    )


class JoinForm(NameForm):
    """Whoever scanned the code."""

    email = _email(_("Je e-mailadres op school"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["email"].help_text = _("Je krijgt een code per mail. Een wachtwoord is niet nodig.")

    def guest(self) -> Guest:
        return Guest(self.cleaned_data["email"].lower(), " ".join(self.cleaned_data["name"].split()))
