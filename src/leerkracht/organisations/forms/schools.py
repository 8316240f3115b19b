"""Looking for a school."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkracht.organisations.models import Sector
from leerkracht.organisations.queries.schools import ORDERS, SchoolFilter


class SchoolSearchForm(forms.Form):
    """Reads the address; what it does not understand is left out, never refused."""

    q = forms.CharField(required=False, max_length=100)
    sector = forms.ChoiceField(label=_("Soort onderwijs"), required=False, choices=[("", _("alles")), *Sector.choices])
    sort = forms.ChoiceField(required=False, choices=[(order, order) for order in ORDERS])
    mine = forms.BooleanField(required=False)
    closed = forms.BooleanField(label=_("Ook gesloten scholen"), required=False)

    def wanted(self) -> SchoolFilter:
        self.is_valid()
        found = self.cleaned_data
        return SchoolFilter(
            words=found.get("q", ""),
            sector=found.get("sector", ""),
            order=found.get("sort") or "name",
            only_own=found.get("mine", False),
            with_closed=found.get("closed", False),
        )
