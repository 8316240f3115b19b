"""Forms around a board: sections, themes, readers."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkracht.accounts.models import Person

from ..services.themes import NewTheme


class SectionForm(forms.Form):
    """A new section of the team's own."""

    operation = forms.UUIDField(widget=forms.HiddenInput)
    section = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(max_length=60, label=_("Naam van het vak"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"operation": uuid4(), "section": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class ThemeForm(forms.Form):
    """A theme of the school; ``reason`` is asked only for one more than two."""

    title = forms.CharField(
        max_length=80, label=_("Waar werken jullie aan?"), help_text=_("Kort, zoals ‘Rekenen’ of ‘Begrijpend lezen’.")
    )
    ambition = forms.CharField(
        max_length=300, required=False, label=_("Waar gaat het naartoe?"), widget=forms.Textarea(attrs={"rows": 2})
    )
    from_date = forms.DateField(label=_("Vanaf"), widget=forms.DateInput)
    to_date = forms.DateField(label=_("Tot en met"), widget=forms.DateInput)
    reason = forms.CharField(
        max_length=300,
        required=False,
        label=_("Waarom toch een derde thema?"),
        help_text=_("Jullie reden staat bij het thema en in het logboek."),
    )

    def wish(self) -> NewTheme:
        return NewTheme(**self.cleaned_data)


class ReaderForm(forms.Form):
    """A coach of the school who may read this board."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), label=_("Wie leest mee?"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, coaches: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = coaches  # type: ignore[attr-defined]
