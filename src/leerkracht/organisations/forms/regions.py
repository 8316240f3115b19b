"""The foundation's regions on one page: a name per region, a region per province."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkracht.organisations.models import Province, Region
from leerkracht.organisations.services.regions import Arrangement


class RegionsForm(forms.Form):
    new = forms.CharField(label=_("Nog een regio"), max_length=40, required=False)

    def __init__(self, *args: Any, regions: Sequence[Region], provinces: Sequence[Province], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions, self.provinces = regions, provinces
        choices = [("", _("geen regio")), *((str(region.pk), region.name) for region in regions)]
        for region in regions:
            label = _("Naam van regio %(name)s") % {"name": region.name}
            self.fields[f"name-{region.pk}"] = forms.CharField(label=label, max_length=40, initial=region.name)
        for province in provinces:
            self.fields[f"region-{province.pk}"] = forms.ChoiceField(
                label=_("Regio van %(province)s") % {"province": province.name},
                choices=choices,
                initial=str(province.region_id or ""),
                required=False,
            )

    def arrangement(self) -> Arrangement:
        said = self.cleaned_data
        return Arrangement(
            names={region.pk: said[f"name-{region.pk}"] for region in self.regions},
            regions={row.pk: int(said[f"region-{row.pk}"] or 0) or None for row in self.provinces},
            new=said["new"],
        )

    def name_fields(self) -> list[tuple[Region, forms.BoundField]]:
        return [(region, self[f"name-{region.pk}"]) for region in self.regions]

    def province_fields(self) -> list[tuple[Province, forms.BoundField]]:
        return [(province, self[f"region-{province.pk}"]) for province in self.provinces]
