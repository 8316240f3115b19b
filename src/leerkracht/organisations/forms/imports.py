"""A list to take in: the file, what its columns say, and what its words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leerkracht.organisations.kernel.administration import KINDS, missing_columns
from leerkracht.organisations.models import SheetImport, Stage
from leerkracht.organisations.queries.administration import chosen_columns
from leerkracht.organisations.queries.imports import ColumnLine


class SheetFileForm(forms.Form):
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("Een Excel-bestand (.xlsx) of een CSV, tot 10 MB en 20.000 rijen per blad."),
        error_messages={"required": _("Kies een bestand."), "empty": _("Dit bestand is leeg.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )


class KindForm(forms.Form):
    """What kind of sheet it is, and on which row its head stands."""

    kind = forms.ChoiceField(label=_("Wat staat er op dit blad"), choices=SheetImport.Kind.choices)
    head = forms.TypedChoiceField(label=_("Waar staan de kopjes"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, heads: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].choices = heads  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """For each column of the file what it says; each thing once, and what a kind cannot do without."""

    def __init__(self, *args: Any, sheet: SheetImport, columns: Sequence[ColumnLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.lines = KINDS[sheet.kind], list(columns)
        chosen = chosen_columns(sheet)
        choices = [("", _("niets, overslaan")), *((column.key, gettext(column.label)) for column in self.kind.columns)]
        for line in self.lines:
            self.fields[self._name(line)] = forms.ChoiceField(
                label=gettext("Kolom %(letter)s betekent") % {"letter": line.letter},
                choices=choices,
                required=False,
                initial=chosen.get(line.position, ""),
            )

    def rows(self) -> list[tuple[ColumnLine, BoundField]]:
        return [(line, self[self._name(line)]) for line in self.lines]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        seen: dict[str, str] = {}
        for line in self.lines:
            key = found.get(self._name(line), "")
            if key and key in seen:
                text = gettext("Kolom %(letter)s heeft deze betekenis al. Kies bij een van de twee iets anders.")
                self.add_error(self._name(line), text % {"letter": seen[key]})
            seen.setdefault(key, line.letter)
        if not self.errors:
            self._check_complete(found)
        return found

    def chosen(self) -> dict[int, str]:
        return {line.position: self.cleaned_data[self._name(line)] for line in self.lines}

    def _check_complete(self, found: Mapping[str, Any]) -> None:
        columns = {line.position: found.get(self._name(line), "") for line in self.lines}
        for group in missing_columns(self.kind, {at: key for at, key in columns.items() if key}):
            labels = [gettext(self.kind.column(key).label).lower() for key in group]
            text = gettext("Er is nog geen kolom voor: %(labels)s. Kies bij een kolom wat die betekent.")
            self.add_error(None, text % {"labels": " / ".join(labels)})

    @staticmethod
    def _name(line: ColumnLine) -> str:
        return f"column_{line.position}"


class WordsForm(forms.Form):
    """Which stage the foundation's own words mean; a word without one stays refused."""

    def __init__(self, *args: Any, words: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = {f"word_{number}": word for number, word in enumerate(words)}
        for name, word in self.words.items():
            self.fields[name] = forms.ChoiceField(
                label=f"‘{word}’", choices=[("", _("onbekend: deze rijen weigeren")), *Stage.choices], required=False
            )

    def chosen(self) -> dict[str, str]:
        return {word: self.cleaned_data[name] for name, word in self.words.items() if self.cleaned_data[name]}
