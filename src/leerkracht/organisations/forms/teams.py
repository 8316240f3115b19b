"""A team, and the days somebody works."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkracht.organisations.models import Location, School, Team
from leerkracht.organisations.services.teams import TeamPlan

WEEKDAYS = [("0", _("maandag")), ("1", _("dinsdag")), ("2", _("woensdag")), ("3", _("donderdag")), ("4", _("vrijdag"))]


class TeamForm(forms.Form):
    name = forms.CharField(
        label=_("Naam van het team"),
        max_length=80,
        help_text=_("Zoals jullie jezelf noemen: Bovenbouw, Wiskunde, Zorg en welzijn."),
        error_messages={"required": _("Geef het team een naam.")},
    )
    kind = forms.ChoiceField(label=_("Soort team"), choices=Team.Kind.choices, widget=forms.RadioSelect)
    location = forms.ModelChoiceField(label=_("Vestiging"), queryset=Location.objects.none(), required=False)

    def __init__(self, *args: Any, school: School, team: Team | None = None, **kwargs: Any) -> None:
        start = {"name": team.name, "kind": team.kind, "location": team.location_id} if team else {"kind": "UNIT"}
        super().__init__(*args, **{"initial": start, **kwargs})
        locations = Location.objects.filter(school=school, closed_date=None).order_by("code")
        field = self.fields["location"]
        field.queryset, field.empty_label = locations, _("de hele school")  # type: ignore[attr-defined]
        if len(locations) < 2:
            del self.fields["location"]

    def plan(self) -> TeamPlan:
        found = self.cleaned_data
        return TeamPlan(" ".join(found["name"].split()), found["kind"], found.get("location"))


class WorkDaysForm(forms.Form):
    days = forms.MultipleChoiceField(
        label=_("Werkdagen"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies ten minste één werkdag.")},
    )

    def __init__(self, *args: Any, work_days: int, **kwargs: Any) -> None:
        chosen = [day for day, _label in WEEKDAYS if work_days >> int(day) & 1]
        super().__init__(*args, **{"initial": {"days": chosen}, **kwargs})

    def work_days(self) -> int:
        return sum(1 << int(day) for day in self.cleaned_data["days"])
