"""Forms that more than one room asks with, and the gallery's sample: one field of every kind."""

from typing import Any

from django import forms

MOOD = [("LOW", "nee, bijna nooit"), ("SOME", "soms"), ("OFTEN", "vaak"), ("ALWAYS", "ja, bijna altijd")]
DAYS = [("MON", "maandag"), ("TUE", "dinsdag"), ("WED", "woensdag"), ("THU", "donderdag"), ("FRI", "vrijdag")]


class SampleForm(forms.Form):
    """Every kind of control; never saved."""

    goal = forms.CharField(
        label="Doel", max_length=120, help_text="Zeg wat leerlingen straks kunnen, en hoe je dat ziet."
    )
    why = forms.CharField(label="Waarom dit doel", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    email = forms.EmailField(label="E-mailadres")
    due_date = forms.DateField(label="Klaar op", help_text="Binnen twee weken.")
    starts_at = forms.TimeField(label="Begint om", required=False)
    target = forms.IntegerField(label="Streefwaarde", min_value=0, max_value=100)
    owner = forms.ChoiceField(
        label="Wie doet het", choices=[("", "Kies iemand"), ("1", "Anouk Bakker"), ("2", "Fatma Kaya")]
    )
    answer = forms.ChoiceField(label="De juf merkt het als ik iets niet snap.", choices=MOOD, widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label="Welke dagen werk je?", choices=DAYS, widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(
        label="Ik zet dit ook op het bord van de school", help_text="Andere teams zien het dan."
    )
    code = forms.CharField(
        label="Code uit je mail", widget=forms.TextInput(attrs={"data-code": True, "inputmode": "numeric"})
    )
    fixed = forms.CharField(label="School", initial="De Regenboog", disabled=True)


class TypedAddressForm(forms.Form):
    """Typing an address over: nobody does that by accident. Any other than ``address`` hears ``says_wrong``."""

    says_wrong: Any = ""
    email = forms.CharField(
        max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"]).strip()
        if typed.casefold() != self.address.casefold():
            raise forms.ValidationError(self.says_wrong)
        return typed
