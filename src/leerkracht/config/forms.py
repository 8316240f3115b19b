"""What the audit trail is narrowed by, read from the address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkracht.accounts.queries.acts import acts_in_order
from leerkracht.config.queries.audit import Within


class TrailForm(forms.Form):
    """Period, act, person and school; a value that cannot be read gets a message and narrows nothing."""

    first = forms.DateField(label=_("Vanaf"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Tot en met"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    act = forms.ChoiceField(label=_("Wat"), required=False)
    who = forms.CharField(label=_("Wie"), required=False, max_length=80)
    place = forms.CharField(label=_("School of bestuur"), required=False, max_length=80)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["act"].choices = [("", _("alles")), *acts_in_order()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", _("Kies een dag na de eerste."))
        return found

    def within(self) -> Within:
        """What is asked for; nothing where an answer was wrong."""
        self.is_valid()
        found = self.cleaned_data
        return Within(
            first=found.get("first"),
            last=found.get("last"),
            act=found.get("act", ""),
            who=found.get("who", "").strip(),
            place=found.get("place", "").strip(),
        )
