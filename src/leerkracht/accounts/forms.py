"""What people fill in to sign in, register or change about themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    AddEmailForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    LoginForm,
    SignupForm,
)
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from leerkracht.core.forms import TypedAddressForm

from .models import Person


def _address(field: forms.Field) -> None:
    field.label = _("E-mailadres")
    field.error_messages.update(
        required=_("Vul je e-mailadres in."),
        invalid=_("Dit lijkt geen e-mailadres. Kijk of er een @ in staat, zoals naam@school.nl."),
    )
    field.widget.attrs.update(autocomplete="email", inputmode="email", spellcheck="false")
    field.widget.attrs.pop("placeholder", None)


class _CodeWords:
    """A code in words, with the keyboard that fits and the suggestion a phone makes."""

    fields: dict[str, forms.Field]
    code_label: Any = _("Code uit je mail")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = self.code_label
        field.error_messages["required"] = _("Vul de code in.")
        field.widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autofocus": True,
            "spellcheck": "false",
        }


class _FewGuesses:
    """Compare no code too often, even when many try in one session at the same moment."""

    def clean_code(self) -> str:
        request = context.request
        if not ratelimit.consume(request, action="code_guess", key=request.session.session_key or ""):
            raise get_adapter().validation_error("too_many_login_attempts")
        return str(super().clean_code())  # type: ignore[misc]


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["login"])
        self.fields["login"].widget.attrs.update(autocomplete="username webauthn", autofocus=True)


class ReaderSignupForm(SignupForm):  # type: ignore[misc]
    """Open registration: name and address, nothing else."""

    name = forms.CharField(
        label=_("Hoe heet je?"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul je naam in, zoals je collega’s je kennen.")},
    )
    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["email"])

    def custom_signup(self, request: HttpRequest, user: Person) -> None:
        user.name = self.cleaned_data["name"]
        user.language = request.LANGUAGE_CODE
        user.save(update_fields=["name", "language"])


class SignInCodeForm(_FewGuesses, _CodeWords, ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class AddressCodeForm(_FewGuesses, _CodeWords, ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class NewAddressForm(AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["email"])
        self.fields["email"].label = _("Nieuw e-mailadres")


class SecondFactorForm(_CodeWords, AuthenticateForm):  # type: ignore[misc]
    code_label = _("Code uit je app, of een herstelcode")

    @property
    def has_app(self) -> bool:
        """Whether to speak of an app at all: with a passkey alone, the code can only be a recovery code."""
        return bool(Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).exists())


class SecondFactorAgainForm(_CodeWords, ReauthenticateForm):  # type: ignore[misc]
    code_label = _("Code uit je app, of een herstelcode")


class ActivateAppForm(_CodeWords, ActivateTOTPForm):  # type: ignore[misc]
    code_label = _("Code die je app nu toont")


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey here always signs in by itself: fingerprint, face or pin is asked on the device."""

    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Naam van deze passkey")
        self.fields["name"].help_text = _("Bijvoorbeeld ‘telefoon’ of ‘laptop van school’.")


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person's own name and language."""

    class Meta:
        model = Person
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"}), "language": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Vul je naam in, zoals je collega’s je kennen.")


class EraseForm(TypedAddressForm):
    """The own address."""

    says_wrong = _("Dit is niet het adres waarmee je bent ingelogd. Er is niets gewist.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Typ je e-mailadres om te bevestigen")
        self.fields["email"].error_messages["required"] = _("Vul je e-mailadres in.")
