"""A list as a file that a spreadsheet opens, made and announced by one hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from leerkracht.core.kernel.sheets import Cell, csv_file, xlsx_file
from leerkracht.core.rules import gettext_noop as _
from leerkracht.core.signals import list_exported

# 20,000 lines of eight cells take about two seconds, within a request. A longer list is whole in CSV.
LONGEST_XLSX = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MORE = _("Dit zijn de eerste %(count)s regels. De CSV bevat ze allemaal.")


def wants_file(request: HttpRequest) -> bool:
    """Whether this list is asked for as a file (``?export=xlsx`` or ``?export=csv``, see ``export_link``)."""
    return request.GET.get("export") in ("xlsx", "csv")


def list_file(
    request: HttpRequest,
    name: str,
    head: Sequence[str],
    rows: Iterable[Iterable[object]],
    *,
    about: object = "",
    school: Model | int | None = None,
    governing_body: Model | int | None = None,
) -> HttpResponse:
    """Answer with the list as XLSX or CSV, and announce it: each export stands in the audit trail.

    ``name`` is what the list is called, in Dutch (``gettext_noop``): the trail keeps it as it is, file and sheet say
    it in the reader's language. ``about`` is what it is a list of, for the file's name. Cells: days, moments, numbers
    and truths as they are; ``None`` is empty; anything else is text, and never runs.
    """
    lines = [[_cell(value) for value in row] for row in rows]
    tell_exported(request, name, len(lines), school=school, governing_body=governing_body)
    words, titles = gettext(name), [str(title) for title in head]
    if request.GET.get("export") == "xlsx":
        if len(lines) > LONGEST_XLSX:
            more: list[Cell] = [gettext(MORE) % {"count": LONGEST_XLSX}]
            lines = [*lines[:LONGEST_XLSX], more]
        response = HttpResponse(xlsx_file(f"{words} {about}", titles, lines), content_type=XLSX)
    else:
        response = HttpResponse(csv_file(titles, lines), content_type="text/csv; charset=utf-8")
    kind = "xlsx" if response["Content-Type"] == XLSX else "csv"
    file = slugify(f"{words} {about} {timezone.localdate():%Y-%m-%d}")
    response["Content-Disposition"] = f'attachment; filename="{file}.{kind}"'
    return response


def tell_exported(
    request: HttpRequest,
    name: str,
    count: int,
    *,
    school: Model | int | None = None,
    governing_body: Model | int | None = None,
) -> None:
    """Announce a file that somebody takes along; ``list_file`` does so itself."""
    list_exported.send(
        sender=list_file, request=request, name=name, count=count, school=school, governing_body=governing_body
    )


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None, microsecond=0)
    return value if value is None or isinstance(value, int | float | Decimal | date | time) else str(value)
