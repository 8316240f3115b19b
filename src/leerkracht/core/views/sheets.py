"""A list as a file that a spreadsheet opens: accents right, every cell shown and none run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from leerkracht.core.kernel.sheets import safe_cell


def sheet_file(name: str, head: Sequence[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Answer with ``name``.csv: semicolons, as Dutch spreadsheets want them; ``None`` is an empty cell."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")  # tells spreadsheets that this is UTF-8
    sheet = csv.writer(response, delimiter=";")
    sheet.writerow(head)
    for row in rows:
        sheet.writerow(["" if cell is None else safe_cell(str(cell)) for cell in row])
    return response
