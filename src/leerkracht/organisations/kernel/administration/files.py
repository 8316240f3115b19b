"""Read a sheet as people send it, Excel or CSV, into plain text by line; nothing of it is ever run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import openpyxl
from openpyxl.utils import range_boundaries

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

MOST_BYTES = 10 * 1024 * 1024 - 64 * 1024  # with the form around it, what the serving process takes
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_SHEETS = 20
MOST_UNPACKED = 150 * 1024 * 1024
MOST_PARTS = 2_000
MOST_MERGED = 500  # rows that one merged cell fills
CELL = 500  # characters that are kept of one cell

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SPACES = re.compile(r"[\s\u200b\ufeff]+")


class FileRefused(Refusal):
    """A whole file that cannot be read: nothing of it is kept."""


@dataclass(frozen=True)
class Row:
    """A line that holds something; ``line`` is its number in the sheet."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[Row, ...]


def read_file(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets that hold something.

    Raises
    ------
    FileRefused : too large, not a sheet, damaged, empty, or packed to harm
    """
    if len(data) > MOST_BYTES:
        raise FileRefused("file.too_large", _("Dit bestand is groter dan 10 MB. Haal plaatjes weg of splits het."))
    if data.startswith(_OLD_OFFICE):
        text = _(
            "Dit is een oud Excel-bestand (.xls), of er staat een wachtwoord op. "
            "Kies in Excel ‘Opslaan als’, dan ‘Excel-werkmap (.xlsx)’ zonder wachtwoord, en probeer het opnieuw."
        )
        raise FileRefused("file.old_excel", text)
    sheets = _read_workbook(data) if data.startswith(b"PK") else (Sheet("", _read_csv(data)),)
    found = tuple(sheet for sheet in sheets if sheet.rows)
    if not found:
        raise FileRefused("file.empty", _("In dit bestand staat niets. Kies het bestand met de lijst erin."))
    return found


def _read_workbook(data: bytes) -> tuple[Sheet, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            _check_pack(pack)
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
            return tuple(Sheet(str(sheet.title), _sheet_rows(sheet, pack)) for sheet in sheets)
    except Refusal:
        raise
    except Exception as fault:  # whatever a damaged workbook makes the reader stumble over, the answer is the same
        text = _("Dit Excel-bestand is beschadigd. Open het in Excel, sla het opnieuw op en probeer het nog eens.")
        raise FileRefused("file.damaged", text) from fault


def _check_pack(pack: zipfile.ZipFile) -> None:
    """Refuse what unpacks into far more than a list, before anything is unpacked."""
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("openpyxl must read XML through defusedxml")
    parts = pack.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileRefused("file.bomb", _("Dit bestand wordt uitgepakt veel te groot. Maak een nieuw Excel-bestand."))
    if "xl/workbook.xml" not in pack.namelist():
        text = _("Dit is geen Excel-werkmap (.xlsx) en geen CSV. Sla de lijst op als een van die twee.")
        raise FileRefused("file.other", text)


def _sheet_rows(sheet: openpyxl.worksheet._read_only.ReadOnlyWorksheet, pack: zipfile.ZipFile) -> tuple[Row, ...]:
    sheet.reset_dimensions()  # what a file says of its own size is not to be believed
    merged = _merged(pack.read(sheet._worksheet_path.lstrip("/")))
    lines = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    return _kept(_filled(enumerate(lines, start=1), merged))


def _merged(xml: bytes) -> dict[int, list[tuple[int, int]]]:
    """By first row: column and last row of the cells that were merged downward; only those fill what is below."""
    found: dict[int, list[tuple[int, int]]] = {}
    for match in _MERGED.finditer(xml):
        left, top, right, bottom = range_boundaries(match[1].decode())
        if left == right and top < bottom <= top + MOST_MERGED and left <= MOST_COLUMNS:
            found.setdefault(top, []).append((left - 1, bottom))
    return found


def _filled(
    lines: Iterable[tuple[int, tuple[object, ...]]], merged: dict[int, list[tuple[int, int]]]
) -> Iterator[tuple[int, list[str]]]:
    running: dict[int, tuple[str, int]] = {}  # column: the word that fills it, and up to which row
    for number, values in lines:
        cells = [cell_text(value) for value in values]
        for column, (word, last) in list(running.items()):
            if number > last:
                del running[column]
            elif column < len(cells) and not cells[column]:
                cells[column] = word
        for column, last in merged.get(number, ()):
            if column < len(cells):
                running[column] = (cells[column], last)
        yield number, cells


def cell_text(value: object) -> str:
    """A cell as somebody would type it: days as 2024-08-01, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return _SPACES.sub(" ", str(value)).strip()[:CELL]


def _read_csv(data: bytes) -> tuple[Row, ...]:
    text = _decoded(data)
    if _BINARY.search(text):
        raise FileRefused(
            "file.other", _("Dit is geen Excel-werkmap (.xlsx) en geen CSV. Sla de lijst op als een van die twee.")
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return _kept(_csv_lines(reader))
    except csv.Error as fault:
        text = _("Dit CSV-bestand is beschadigd. Open het in Excel en sla het opnieuw op als ‘CSV UTF-8’.")
        raise FileRefused("file.damaged", text) from fault


def _csv_lines(reader: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    line = 1
    for cells in reader:
        yield line, [cell_text(cell) for cell in cells[:MOST_COLUMNS]]
        line = reader.line_num + 1  # type: ignore[attr-defined]  # a cell may hold line breaks


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace")


def _delimiter(text: str) -> str:
    """What stands most often between the cells of the first lines; Dutch spreadsheets write semicolons."""
    head = "\n".join(text.splitlines()[:20])
    return max(";\t,", key=head.count)


def _kept(lines: Iterable[tuple[int, list[str]]]) -> tuple[Row, ...]:
    found: list[Row] = []
    for number, cells in lines:
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(found) == MOST_ROWS:
            text = _("Dit blad heeft meer dan 20.000 rijen. Splits het in stukken en lees die na elkaar in.")
            raise FileRefused("file.too_many_rows", text)
        found.append(Row(number, tuple(cells)))
    return tuple(found)
