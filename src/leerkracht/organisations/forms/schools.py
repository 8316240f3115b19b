"""Looking for a school or a governing body."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkracht.organisations.kernel.map import Window
from leerkracht.organisations.models import Sector, Stage
from leerkracht.organisations.queries.bodies import BODY_ORDERS, BodyFilter
from leerkracht.organisations.queries.regions import provinces_by_region
from leerkracht.organisations.queries.schools import ALL, CLOSED, OPEN, ORDERS, SchoolFilter

_CLOSED = [(OPEN, _("open")), (ALL, _("open en gesloten")), (CLOSED, _("gesloten"))]


class _ListForm(forms.Form):
    """Reads the address; what it does not understand is left out, never refused."""

    q = forms.CharField(required=False, max_length=100)

    def found(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


class SchoolSearchForm(_ListForm):
    """``sees_stages``: whether the reader may narrow by stage at all."""

    where = forms.ChoiceField(label=_("Waar"), required=False)
    sector = forms.ChoiceField(label=_("Soort onderwijs"), required=False, choices=[("", _("alles")), *Sector.choices])
    stage = forms.ChoiceField(label=_("Fase"), required=False, choices=[("", _("alles")), *Stage.choices])
    closed = forms.ChoiceField(label=_("Open of gesloten"), required=False, choices=_CLOSED)
    body = forms.IntegerField(required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput)
    sort = forms.ChoiceField(required=False, choices=[(order, order) for order in ORDERS])
    mine = forms.BooleanField(required=False)

    def __init__(self, *args: Any, sees_stages: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = _where()  # type: ignore[attr-defined]
        if not sees_stages:
            del self.fields["stage"]

    def wanted(self) -> SchoolFilter:
        found = self.found()
        kind, _colon, value = found.get("where", "").partition(":")
        return SchoolFilter(
            words=found.get("q", ""),
            sector=found.get("sector", ""),
            order=found.get("sort", ""),
            only_own=found.get("mine", False),
            province=value if kind == "province" else "",
            region=int(value) if kind == "region" else None,
            stage=found.get("stage", ""),
            body=found.get("body"),
            closed=found.get("closed", OPEN),
        )


class MapForm(SchoolSearchForm):
    """The same, and the window on the map: ``at`` is latitude, longitude and zoom."""

    at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def window(self) -> Window | None:
        """The window that is asked for; None when there is none, or none that can be understood."""
        try:
            latitude, longitude, zoom = self.found().get("at", "").split(",")
            return Window(float(latitude), float(longitude), int(zoom)).moved(0, 0).zoomed(0)
        except ValueError:
            return None


class BodySearchForm(_ListForm):
    closed = forms.ChoiceField(label=_("Open of gesloten"), required=False, choices=_CLOSED)
    sort = forms.ChoiceField(required=False, choices=[(order, order) for order in BODY_ORDERS])

    def wanted(self) -> BodyFilter:
        found = self.found()
        return BodyFilter(words=found.get("q", ""), order=found.get("sort") or "name", closed=found.get("closed", OPEN))


def _where() -> list[Any]:
    """The whole country, the foundation's regions, and the provinces."""
    regions, provinces = provinces_by_region()
    return [
        ("", _("heel Nederland")),
        (_("Regio’s"), [(f"region:{region.pk}", region.name) for region in regions]),
        (_("Provincies"), [(f"province:{name}", name) for name in provinces]),
    ]
