"""Lists that were put ready, taken in or taken back: for the central team alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from leerkracht.accounts.models import Person
from leerkracht.organisations.kernel.administration import HISTORY, KINDS, STAGES, lines_of, samples, stage_of
from leerkracht.organisations.models import SheetImport
from leerkracht.organisations.permissions import is_central
from leerkracht.organisations.rules.imports import can_undo

from .administration import chosen_columns, remembered_words, rows_of

ORDERS = {
    "when": ("-created_at", "-pk"),
    "-when": ("created_at", "pk"),
    "file": ("file_name", "-pk"),
    "-file": ("-file_name", "-pk"),
    "who": ("created_by__name", "-pk"),
    "-who": ("-created_by__name", "-pk"),
    "refused": ("-refused", "-pk"),
    "-refused": ("refused", "-pk"),
}
MOST_WORDS = 6
MOST_UNKNOWN = 30
HEADS_SHOWN = 12


@dataclass(frozen=True)
class ColumnLine:
    """A column of the file: its letter and head, what is in it, and the name of its field in the form."""

    position: int
    letter: str
    head: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class RefusedLine:
    line: int
    reason: str


def check_central(person: Person, on: date) -> None:
    """Only the central team takes lists in; for everyone else there is nothing here."""
    if not is_central(person, on):
        raise Http404


def imports_found(words: str, order: str) -> QuerySet[SheetImport]:
    """Imports in whose file, sheet or maker every word stands."""
    rows = SheetImport.objects.select_related("created_by")
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(file_name__icontains=word) | Q(sheet_name__icontains=word) | Q(created_by__name__icontains=word)
        )
    return rows.order_by(*ORDERS.get(order, ORDERS["when"]))


def import_for(person: Person, sheet_id: int, on: date) -> SheetImport:
    check_central(person, on)
    return get_object_or_404(SheetImport.objects.select_related("raw", "created_by"), pk=sheet_id)


def sheets_beside(sheet: SheetImport) -> list[SheetImport]:
    """All sheets of the same file, in the order of the file."""
    return list(SheetImport.objects.filter(batch=sheet.batch).order_by("pk"))


def column_lines(sheet: SheetImport) -> list[ColumnLine]:
    """The columns of a sheet under its head, with some of what is in them."""
    rows = rows_of(sheet)
    if not rows:
        return []
    head, width = rows[sheet.head].cells, max(len(row.cells) for row in rows[sheet.head :])
    found = []
    for position in range(width):
        title, shown = (head[position] if position < len(head) else ""), samples(rows, sheet.head, position)
        if title or shown:
            found.append(ColumnLine(position, _letter(position), title, tuple(shown)))
    return found


def head_choices(sheet: SheetImport) -> list[tuple[int, str]]:
    """The first rows, of which one is the head."""
    rows = rows_of(sheet)[:HEADS_SHOWN]
    return [
        (number, gettext("regel %(line)s: %(words)s") % {"line": row.line, "words": _short(row.cells)})
        for number, row in enumerate(rows)
    ]


def unknown_words(sheet: SheetImport) -> list[str]:
    """Words for stages that nobody has explained yet, as they stand in the sheet."""
    if sheet.kind not in (STAGES, HISTORY):
        return []
    known, found = remembered_words(), dict[str, None]()
    for line in lines_of(rows_of(sheet), sheet.head, chosen_columns(sheet)):
        word = line.get("stage")
        if word and stage_of(word, known) is None:
            found.setdefault(word)
    return list(found)[:MOST_UNKNOWN]


def refused_lines(sheet: SheetImport) -> list[RefusedLine]:
    """The rows that were left out, with the reason in the reader's language; nothing once they are gone."""
    raw = getattr(sheet, "raw", None)
    if raw is None:
        return []
    return [RefusedLine(line, _said(message, values)) for line, message, values in raw.refused]


def refused_table(sheet: SheetImport) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the refused rows as they were sent, with line and reason behind them."""
    rows, why = rows_of(sheet), {refused.line: refused.reason for refused in refused_lines(sheet)}
    kept = [row for row in rows if row.line in why]
    width = max((len(row.cells) for row in [*kept, *rows[sheet.head : sheet.head + 1]]), default=0)
    head = _padded(rows[sheet.head].cells, width) if rows else []
    titles = [title or _letter(position) for position, title in enumerate(head)]
    lines = [[*_padded(row.cells, width), str(row.line), why[row.line]] for row in kept]
    return [*titles, gettext("Regel in het bestand"), gettext("Waarom geweigerd")], lines


def may_undo(sheet: SheetImport, now: datetime) -> bool:
    return can_undo(state=sheet.state, applied_at=sheet.applied_at, now=now)


def kind_label(kind: str) -> str:
    return gettext(KINDS[kind].label)


def _said(message: str, values: dict[str, Any]) -> str:
    return gettext(message) % values if values else gettext(message)


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _short(cells: Iterable[str]) -> str:
    words = ", ".join(cell for cell in cells if cell)
    return f"{words[:70]}…" if len(words) > 70 else words


def _letter(position: int) -> str:
    """A column's letter, as a spreadsheet names it."""
    first, second = divmod(position, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)
