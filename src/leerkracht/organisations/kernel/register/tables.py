"""A published file as lines of named cells: bytes in, cells or a refusal per line out."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_LINE_END = re.compile(r"\r\n|\n|\r")
_DELIMITERS = ";,\t"
# First bytes of files that people send by mistake.
_NOT_TEXT = (
    (b"PK\x03\x04", _("een zip- of Excel-bestand")),
    (b"\xd0\xcf\x11\xe0", _("een oud Excel-bestand")),
    (b"%PDF", _("een pdf")),
)


class UnknownFile(Refusal):
    """The file is not one that this importer reads; the whole file stays out."""


@dataclass(frozen=True)
class RefusedRow:
    line: int
    refusal: Refusal


@dataclass(frozen=True)
class Table:
    """``columns`` are upper case with spaces (``BEVOEGD_GEZAG_NUMMER`` reads ``BEVOEGD GEZAG NUMMER``)."""

    columns: tuple[str, ...]
    delimiter: str
    lines: tuple[str, ...]

    def has(self, *columns: str) -> bool:
        return all(column in self.columns for column in columns)

    def rows(self) -> Iterator[tuple[int, str]]:
        """Number and text of each line below the header; empty lines are none."""
        for number, line in enumerate(self.lines, 2):
            if line.strip(f"{_DELIMITERS} \t"):
                yield number, line

    def cells(self, line: str) -> Mapping[str, str]:
        """Cells by column, white space at the ends gone and a single space read as empty.

        Raises
        ------
        Refusal : the line has another number of columns than the header, or signs that cannot be read
        """
        cells = _split(line, self.delimiter)
        if len(cells) != len(self.columns):
            raise Refusal(
                "register.columns",
                _("De regel heeft %(found)s kolommen; de eerste regel heeft er %(expected)s."),
                found=len(cells),
                expected=len(self.columns),
            )
        if _CONTROL.search(line):
            raise Refusal("register.unreadable", _("De regel bevat tekens die we niet kunnen lezen."))
        return {column: " ".join(cell.split()) for column, cell in zip(self.columns, cells, strict=True)}


def table(raw: bytes) -> Table:
    """Read a file line by line, so that a stray quote spoils its own line and nothing after it.

    Windows-1252 or UTF-8, with or without its mark; semicolons, commas or tabs; any line end.

    Raises
    ------
    UnknownFile : the bytes are no text file at all
    """
    for start, name in _NOT_TEXT:
        if raw.startswith(start):
            text = _("Dit is %(what)s. Pak het uit of bewaar het als csv, en geef dat bestand op.")
            raise UnknownFile("register.not_text", text, what=name)
    lines = _LINE_END.split(_decoded(raw))
    delimiter = max(_DELIMITERS, key=lines[0].count)
    columns = tuple(" ".join(cell.replace("_", " ").upper().split()) for cell in _split(lines[0], delimiter))
    return Table(columns, delimiter, tuple(lines[1:]))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a line longer than the reader's limit, or a stray carriage return
        return []
