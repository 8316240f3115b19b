"""The forms of cards: short, and each gives the operations that it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from leerkracht.accounts.models import Person

from ..models import Theme
from ..queries.words import SectorWords
from ..rules.entities import OPEN_GOAL, BoardState
from ..rules.operations import (
    AddAction,
    AddGoal,
    AddNote,
    CloseGoal,
    EditAction,
    EditGoal,
    EditNote,
    MeasureGoal,
    Operation,
    Payload,
    PlaceGoal,
)

OTHER_DAY = "other"
WEEKS_OF_A_GOAL = 5


@dataclass(frozen=True)
class Around:
    """What the forms of one board choose from."""

    state: BoardState
    people: Mapping[int, Person]
    themes: list[Theme]
    words: SectorWords
    today: date
    next_session: date | None = None
    me: int | None = None

    def goals(self) -> list[tuple[str, str]]:
        rows = sorted((g for g in self.state.goal.values() if g.on_board), key=lambda g: g.position)
        return [(str(g.id), g.text) for g in rows if g.state in OPEN_GOAL]

    def owners(self) -> list[tuple[str, str]]:
        """The team; who writes stands first, because most people write down what they do themselves."""
        rows = sorted(self.people.items(), key=lambda row: row[0] != self.me)
        return [(str(key), str(person)) for key, person in rows]

    def days(self) -> list[tuple[str, str]]:
        """The days that a due date is most often: the next session, a week, two weeks."""
        named = {self.next_session: _("Volgende bordsessie"), self.today + timedelta(days=7): _("1 week")}
        named |= {self.today + timedelta(days=14): _("2 weken")}
        if self.next_session is not None:
            named[self.next_session] = _("Volgende bordsessie")
        chips = [(day.isoformat(), f"{words} · {_short(day)}") for day, words in named.items() if day]
        return [*sorted(chips), (OTHER_DAY, _("Andere dag"))]


class CardForm(forms.Form):
    """Carries the ids that make posting it twice the same as once."""

    operation = forms.UUIDField(widget=forms.HiddenInput)
    card = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=200, label=_l("Op de kaart"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        kwargs["initial"] = {"operation": uuid4(), "card": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.around = around

    def _fields(self, *names: str) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in names}

    def operations(self, *, known: bool) -> list[Operation]:
        """What this form asks; ``known`` when the card hangs there already."""
        return [Operation(self.cleaned_data["operation"], self.payload(self.cleaned_data["card"], known=known))]

    def payload(self, card: UUID, *, known: bool) -> Payload:
        raise NotImplementedError


class GoalForm(CardForm):
    """The five questions of a goal that pupils notice."""

    measure = forms.CharField(max_length=200, required=False, label=_l("Hoe zien we dat?"))
    unit = forms.CharField(max_length=20, required=False, label=_l("Eenheid"))
    baseline = forms.FloatField(required=False, label=_l("Waar staan we nu?"))
    target = forms.FloatField(required=False, label=_l("Wanneer zijn we tevreden?"))
    start_date = forms.DateField(required=False, label=_l("We beginnen"), widget=forms.DateInput)
    end_date = forms.DateField(required=False, label=_l("Wanneer kijken we?"), widget=forms.DateInput)
    theme = forms.ChoiceField(required=False, label=_l("Bij welk thema hoort het?"))

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        end = around.today + timedelta(weeks=WEEKS_OF_A_GOAL)
        theme = str(around.themes[0].pk) if len(around.themes) == 1 else ""
        defaults = {"start_date": around.today, "end_date": end, "unit": "%", "theme": theme}
        kwargs["initial"] = defaults | (kwargs.get("initial") or {})
        super().__init__(*args, around=around, **kwargs)
        question = _("Wat kunnen of doen onze %(pupils)s straks dat ze nu nog niet kunnen of doen?")
        self.fields["text"].label = around.words.fill(question)
        choices = [("", _("Bij geen thema"))] + [(str(theme.pk), theme.title) for theme in around.themes]
        self.fields["theme"].choices = choices  # type: ignore[attr-defined]

    def clean_theme(self) -> int | None:
        return int(self.cleaned_data["theme"]) if self.cleaned_data["theme"] else None

    def payload(self, card: UUID, *, known: bool) -> Payload:
        names = ("text", "measure", "unit", "baseline", "target", "start_date", "end_date", "theme")
        fields = self._fields(*names)
        return EditGoal(id=card, **fields) if known else AddGoal(id=card, **fields)

    def operations(self, *, known: bool) -> list[Operation]:
        asked = super().operations(known=known)
        if "place" in self.data:
            key = uuid5(self.cleaned_data["operation"], "place")
            asked.append(Operation(key, PlaceGoal(id=self.cleaned_data["card"])))
        return asked


class ActionForm(CardForm):
    """Who does what before when."""

    owner = forms.ChoiceField(label=_l("Wie doet het?"), widget=forms.RadioSelect)
    due = forms.ChoiceField(label=_l("Wanneer is het klaar?"), widget=forms.RadioSelect)
    due_date = forms.DateField(required=False, label=_l("Welke dag?"), widget=forms.DateInput)
    goal = forms.ChoiceField(required=False, label=_l("Bij welk doel?"))

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        days = around.days()
        initial = {"owner": around.me, "due": days[0][0]} | (kwargs.get("initial") or {})
        if initial.get("due_date"):
            day = initial["due_date"].isoformat()
            initial["due"] = day if day in dict(days) else OTHER_DAY
        kwargs["initial"] = initial
        super().__init__(*args, around=around, **kwargs)
        self.fields["text"].label = _("Wat ga je doen?")
        owners = around.owners()
        owner = initial.get("owner")
        if owner and str(owner) not in dict(owners):
            owners.append((str(owner), _("Oud-collega")))
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]
        self.fields["due"].choices = days  # type: ignore[attr-defined]
        choices = [("", _("Regelwerk: hoort niet bij een doel")), *around.goals()]
        self.fields["goal"].choices = _with(choices, initial.get("goal"), around)  # type: ignore[attr-defined]

    def clean_goal(self) -> UUID | None:
        return UUID(self.cleaned_data["goal"]) if self.cleaned_data["goal"] else None

    def clean(self) -> dict[str, Any]:
        values = dict(super().clean() or {})
        chosen = values.get("due")
        if chosen and chosen != OTHER_DAY:
            values["due_date"] = date.fromisoformat(chosen)
        elif not values.get("due_date") and "due_date" not in self.errors:
            self.add_error("due_date", _("Kies een dag: zonder dag blijft een actie liggen."))
        return values

    def payload(self, card: UUID, *, known: bool) -> Payload:
        fields = self._fields("text", "due_date", "goal") | {"owner": int(self.cleaned_data["owner"])}
        return EditAction(id=card, **fields) if known else AddAction(id=card, **fields)


class NoteForm(CardForm):
    """A success, something planned, parked or asked, or a card in an own section."""

    section = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateField(required=False, label=_l("Welke dag?"), widget=forms.DateInput)
    time = forms.CharField(required=False, max_length=5, label=_l("Hoe laat?"), widget=forms.TimeInput)
    person = forms.ChoiceField(required=False, label=_l("Van wie?"))
    detail = forms.CharField(
        required=False, max_length=400, label=_l("Toelichting"), widget=forms.Textarea(attrs={"rows": 2})
    )
    goal = forms.ChoiceField(required=False, label=_l("Bij welk doel?"))

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        super().__init__(*args, around=around, **kwargs)
        self.fields["person"].choices = [("", _("Van het team")), *around.owners()]  # type: ignore[attr-defined]
        choices = [("", _("Bij geen doel")), *around.goals()]
        self.fields["goal"].choices = _with(choices, self.initial.get("goal"), around)  # type: ignore[attr-defined]

    def clean_goal(self) -> UUID | None:
        return UUID(self.cleaned_data["goal"]) if self.cleaned_data["goal"] else None

    def clean_person(self) -> int | None:
        return int(self.cleaned_data["person"]) if self.cleaned_data["person"] else None

    def payload(self, card: UUID, *, known: bool) -> Payload:
        fields = self._fields("text", "detail", "person", "goal", "day", "time")
        if known:
            return EditNote(id=card, **fields)
        return AddNote(id=card, section=self.cleaned_data["section"], **fields)


class MeasureForm(CardForm):
    """One measured moment of the whole group; ``card`` is the measurement's own id."""

    text = None  # type: ignore[assignment]
    goal = forms.UUIDField(widget=forms.HiddenInput)
    value = forms.FloatField(label=_l("Hoeveel is het nu?"))
    date = forms.DateField(label=_l("Gemeten op"), widget=forms.DateInput)
    remark = forms.CharField(required=False, max_length=200, label=_l("Wat viel op?"))

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        kwargs["initial"] = {"date": around.today} | (kwargs.get("initial") or {})
        super().__init__(*args, around=around, **kwargs)

    def payload(self, card: UUID, *, known: bool) -> Payload:
        return MeasureGoal(id=card, **self._fields("goal", "value", "date", "remark"))


class CloseGoalForm(CardForm):
    """How a goal ended, and what stays."""

    text = None  # type: ignore[assignment]
    outcome = forms.ChoiceField(label=_l("Hoe is het gegaan?"), widget=forms.RadioSelect)
    kept = forms.CharField(
        required=False, max_length=400, label=_l("Wat houden we erin?"), widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        super().__init__(*args, around=around, **kwargs)
        outcomes = [("ACHIEVED", _("Gehaald")), ("PARTLY", _("Deels gehaald"))]
        outcomes += [("NOT_ACHIEVED", _("Niet gehaald")), ("DROPPED", _("Losgelaten"))]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]

    def payload(self, card: UUID, *, known: bool) -> Payload:
        return CloseGoal(id=card, outcome=self.cleaned_data["outcome"], kept=self.cleaned_data["kept"])


def _with(choices: list[tuple[str, str]], chosen: object, around: Around) -> list[tuple[str, str]]:
    """Keep a goal that closed meanwhile among the choices of the card that hangs under it."""
    if not chosen or str(chosen) in dict(choices):
        return choices
    goal = around.state.goal.get(UUID(str(chosen)))
    return [*choices, (str(chosen), goal.text if goal else _("Een doel dat niet meer op het bord hangt"))]


def _short(day: date) -> str:
    words = date_format(day, "D j M")
    return words.lower() if (get_language() or "").startswith("nl") else words
