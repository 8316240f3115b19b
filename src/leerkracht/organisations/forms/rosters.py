"""The zip of a roster, and which of its groups is which team."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from leerkracht.organisations.kernel.roster import Class, RefusedRow, Roster, Staff
from leerkracht.organisations.models import School, Team

LARGEST_ZIP = 20_000_000
SALT = "leerkracht.organisations.roster"
LASTS = 3600


class RosterFileForm(forms.Form):
    file = forms.FileField(
        label=_("Zip-bestand"),
        help_text=_("De export in OneRoster 1.2 (CSV) uit jullie administratie."),
        error_messages={"required": _("Kies een zip-bestand."), "empty": _("Dit bestand is leeg.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_ZIP:
            raise forms.ValidationError(
                _("Dit is groter dan een personeelslijst is. Vraag een export met alleen medewerkers.")
            )
        return file


class RosterForm(forms.Form):
    """A team per group, where the school wants that. The staff that was read comes along, signed; pupils are gone."""

    roster = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, school: School, found: Roster, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"roster": packed(found, school)}, **kwargs})
        self.teams = {str(team.pk): team for team in Team.objects.filter(school=school, archived_at=None)}
        options = [(key, team.name) for key, team in sorted(self.teams.items(), key=lambda item: item[1].name)]
        self.groups = {f"class_{number}": group for number, group in enumerate(found.classes)}
        for name, group in self.groups.items():
            choices = [("", _("nog geen team")), *options]
            self.fields[name] = forms.ChoiceField(label=group.title or group.id, choices=choices, required=False)

    def chosen(self) -> dict[str, Team]:
        """Per group the team that its teachers join."""
        found = {group.id: self.teams.get(self.cleaned_data[name]) for name, group in self.groups.items()}
        return {key: team for key, team in found.items() if team is not None}


def packed(roster: Roster, school: School) -> str:
    return signing.dumps([school.pk, dataclasses.asdict(roster)], salt=SALT, compress=True)


def unpacked(text: str, school: School) -> Roster | None:
    """The roster that was previewed for this school within the hour, or nothing."""
    try:
        school_id, values = signing.loads(text, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    if school_id != school.pk:
        return None
    kinds = {"staff": Staff, "classes": Class, "refused": RefusedRow}
    rows = {name: [kind(**row) for row in values[name]] for name, kind in kinds.items()}
    rows["staff"] = [dataclasses.replace(person, classes=tuple(person.classes)) for person in rows["staff"]]
    return Roster(**{**values, **rows})
