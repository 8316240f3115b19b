"""To whom each place of a coach goes, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from leerkracht.accounts.models import Person
from leerkracht.organisations.queries.portfolios import PlaceLine


class HandoverForm(forms.Form):
    day = forms.DateField(
        label=_("Vanaf welke dag"),
        help_text=_("Vanaf deze dag is de ander de coach. Een dag in de toekomst mag ook."),
        error_messages={"required": _("Kies een dag."), "invalid": _("Kies een dag.")},
    )
    to = forms.ChoiceField(
        label=_("Naar wie"),
        error_messages={"required": _("Kies een collega."), "invalid_choice": _("Kies een collega uit de lijst.")},
    )

    def __init__(
        self, *args: Any, giver: Person, coaches: Iterable[Person], lines: Sequence[PlaceLine], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": {"day": on}, **kwargs})
        self.giver, self.lines = giver, lines
        self.people = {str(person.pk): person for person in coaches if person.pk != giver.pk}
        options = [(key, str(person)) for key, person in self.people.items()]
        self.fields["to"].choices = [("", _("Kies een collega")), *options]  # type: ignore[attr-defined]
        for line in lines:
            choices = [("", _("zoals hierboven")), ("stays", _("blijft bij deze coach")), *options]
            field = forms.ChoiceField(label=line.name, choices=choices, required=False)
            self.fields[f"place_{line.held.pk}"] = field

    def rows(self) -> list[tuple[PlaceLine, BoundField]]:
        return [(line, self[f"place_{line.held.pk}"]) for line in self.lines]

    def receivers(self) -> dict[int, Person]:
        """Per role of the giver who gets it; what stays is not there."""
        found = self.cleaned_data
        chosen = {line.held.pk: found.get(f"place_{line.held.pk}") or found["to"] for line in self.lines}
        return {key: self.people[value] for key, value in chosen.items() if value != "stays"}
