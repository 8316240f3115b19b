"""Change rows and write down how they were, so that it can be taken back while nothing changed since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

from leerkracht.core.kernel.periods import united
from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .people import Journal, Move


class ChangedSince(Refusal):
    """What was moved has been changed by somebody since: taking it back would undo their work too."""

    def __init__(self) -> None:
        text = _("Er is sindsdien iets gewijzigd aan wat is verplaatst. Terugdraaien zou dat werk weggooien.")
        super().__init__("changed_since", text)


def change_row(row: Model, **values: Any) -> dict[str, Any]:
    """Give a row these values (by column: ``person_id``); return the line of the journal."""
    was = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return {"model": row._meta.label_lower, "pk": str(row.pk), "was": was, "now": values}


def create_row(row: Model) -> dict[str, Any]:
    """Save a new row; taking it back deletes it while it is as it was made."""
    row.save(force_insert=True)
    return made_row(row)


def made_row(row: Model) -> dict[str, Any]:
    """The line for a row that was just made by somebody else. Moments are left out: JSON keeps them less precisely."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    now = {name: value for name, value in values.items() if not isinstance(value, datetime)}
    return {"model": row._meta.label_lower, "pk": str(row.pk), "was": None, "now": now}


def delete_row(row: Model) -> dict[str, Any]:
    """Delete a row; the journal keeps all of it."""
    was = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    line = {"model": row._meta.label_lower, "pk": str(row.pk), "was": was, "now": None}
    row.delete()
    return line


def move_rows(model: type[Model], column: str, asked: Move) -> Journal:
    """Point ``column`` of every row of who goes at who is kept."""
    rows = model._base_manager.select_for_update().filter(**{column: asked.gone}).order_by("pk")
    return [change_row(row, **{column: asked.kept}) for row in rows]


def move_periods(model: type[Model], place: Sequence[str], asked: Move, together: Sequence[str] = ()) -> Journal:
    """Move what is valid in time: periods of both at one ``place`` that overlap become one.

    Columns in ``together`` hold bits (work days): the one period has those of all.
    """
    found: Any = model._base_manager.select_for_update().filter(person_id__in=[asked.kept, asked.gone])
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in found.order_by("from_date", "pk"):
        groups.setdefault(tuple(getattr(row, name) for name in place), []).append(row)
    journal: Journal = []
    for rows in groups.values():
        for numbers in united([(row.from_date, row.to_date) for row in rows]):
            journal += _as_one([rows[number] for number in numbers], asked.kept, together)
    return journal


def _as_one(rows: list[Any], kept: int, together: Sequence[str]) -> Journal:
    """Rows that overlap: the one that ``kept`` has had longest covers all; the others go."""
    strangers = [row for row in rows if row.person_id != kept]
    own = [row for row in rows if row.person_id == kept]
    if not strangers:
        return []
    if not own:
        return [change_row(row, person_id=kept) for row in strangers]
    stays, rest = own[0], own[1:] + strangers
    journal = [delete_row(row) for row in rest]
    everyone = [stays, *rest]
    values: dict[str, Any] = {"from_date": min(row.from_date for row in everyone)}
    ends = [row.to_date for row in everyone]
    values["to_date"] = None if None in ends else max(ends)
    for name in together:
        values[name] = 0
        for row in everyone:
            values[name] |= getattr(row, name)
    return [*journal, change_row(stays, **values)]


def restore(journal: Iterable[dict[str, Any]]) -> None:
    """Take a journal back, last line first.

    Raises
    ------
    ChangedSince : a row is no longer as the journal left it; the caller's transaction must end
    """
    for line in reversed(list(journal)):
        model = apps.get_model(line["model"])
        was = _typed(model, line["was"] or {})
        if line["now"] is None:
            if model._base_manager.filter(pk=was[str(model._meta.pk.attname)]).exists():
                raise ChangedSince
            model(**was).save(force_insert=True)
            continue
        row = model._base_manager.select_for_update().filter(pk=line["pk"], **_typed(model, line["now"])).first()
        if row is None:
            raise ChangedSince
        if line["was"] is None:
            row.delete()
        else:
            change_row(row, **was)


def _typed(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """Values as they came back from JSON, as the columns hold them."""
    return {name: model._meta.get_field(name).to_python(value) for name, value in values.items()}  # type: ignore[union-attr]
