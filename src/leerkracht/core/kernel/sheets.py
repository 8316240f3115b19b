"""A list as the bytes of a file that a spreadsheet opens: every cell shown and none run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cell = str | int | float | Decimal | date | time | None
# What starts a formula in some spreadsheet, full-width forms too; a line break or tab before it does not help.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹢", "﹣", "﹦", "﹫")
_HIDDEN = " \u00a0\u200b\u200c\u200d\u2060\ufeff\u3000\0"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TITLE_KEEPS_OUT = re.compile(r"[\[\]:*?/\\']")
_WIDEST, _NARROWEST, _MEASURED = 60, 8, 200


def safe_cell(value: str) -> str:
    """Return ``value`` so that no spreadsheet takes it for a formula: what could be one gets an apostrophe."""
    return f"'{value}" if value.lstrip(_HIDDEN).startswith(_STARTS) else value


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a CSV as Dutch spreadsheets read it: UTF-8 that says so, semicolons, a comma in numbers."""
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=";")
    sheet.writerow([safe_cell(cell) for cell in head])
    sheet.writerows([_as_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def xlsx_file(title: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Write one sheet: days and numbers as such, text as text, the head bold and in sight, columns wide enough."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(head, rows[:_MEASURED]), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_head_cell(sheet, words) for words in head])
    for row in rows:
        sheet.append([_as_cell(sheet, cell) for cell in row])
    if rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(rows) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_cell(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    return str(cell).replace(".", ",") if isinstance(cell, float | Decimal) else str(cell)


def _as_cell(sheet: Any, cell: Cell) -> Any:
    """Most cells go as they are: making a cell of its own for each would take twice the time."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)  # spreadsheets know no time zones: the caller's wall clock
    if not isinstance(cell, str):
        return cell
    words = _UNWRITABLE.sub("", cell)
    return _text_cell(sheet, words) if words.startswith("#") or safe_cell(words) != words else words


def _text_cell(sheet: Any, words: str) -> Any:
    """Hold text that is never a formula, not even when somebody edits it later (``quotePrefix``)."""
    cell = WriteOnlyCell(sheet, words)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _head_cell(sheet: Any, words: str) -> Any:
    cell = _text_cell(sheet, _UNWRITABLE.sub("", words))
    cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
    return cell


def _sheet_title(title: str) -> str:
    return _TITLE_KEEPS_OUT.sub(" ", _UNWRITABLE.sub("", title)).strip()[:31] or "Lijst"


def _widths(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    longest = [len(words) + 3 for words in head]  # room for the arrow that filters
    for row in rows:
        for number, cell in enumerate(row[: len(longest)]):
            longest[number] = max(longest[number], len(_as_text(cell)) + 1)
    return [min(_WIDEST, max(_NARROWEST, width)) for width in longest]
