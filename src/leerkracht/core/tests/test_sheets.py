"""Lists as files: every cell shown, none run, days and numbers as such."""

import csv
import io
import time
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from openpyxl import load_workbook

from leerkracht.core.kernel.sheets import csv_file, safe_cell, xlsx_file
from leerkracht.core.signals import list_exported
from leerkracht.core.views import sheets
from leerkracht.core.views.sheets import list_file, wants_file

EVIL = [
    "=1+1",
    "+31",
    "-1",
    "@x",
    "\tx",
    "\rx",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =1+1",
    "\u200b=1+1",
    "\ufeff=1",
]


def cells_of(content, **options):
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content), **options).active.iter_rows()]


def asked(kind):
    request = RequestFactory().get("/lijst/", {"export": kind})
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("value", EVIL)
def test_what_could_be_a_formula_gets_an_apostrophe(value):
    assert safe_cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["", "Samira", "a=b", "2026-11-23", "50%"])
def test_other_cells_stay_as_they_are(value):
    assert safe_cell(value) == value


@pytest.mark.parametrize("value", EVIL)
def test_a_csv_runs_nothing_in_its_cells_and_nothing_in_its_head(value):
    rows = list(csv.reader(io.StringIO(csv_file([value], [[value]]).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [[f"'{value}"], [f"'{value}"]]


@pytest.mark.parametrize("value", [*EVIL, "=cmd|' /C calc'!A0", "#N/A", "#REF!"])
def test_an_xlsx_holds_text_that_stays_text_when_it_is_edited(value):
    sheet = load_workbook(io.BytesIO(xlsx_file("Lijst", [value], [[value]]))).active
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
        assert cell.value.strip() == value.replace("\r", "\n").strip()


def test_a_csv_says_its_encoding_and_writes_as_the_dutch_do():
    row = ["Zoë", -3, 2.5, date(2026, 11, 23), datetime(2026, 11, 23, 10, 5), None, "a;b"]
    assert csv_file(["naam"], [row]).decode("utf-8") == (
        '\ufeffnaam\r\nZoë;-3;2,5;2026-11-23;2026-11-23 10:05:00;;"a;b"\r\n'
    )


def test_an_xlsx_holds_days_and_numbers_as_such():
    row = ["Zoë", -3, 2.5, date(2026, 11, 23), datetime(2026, 11, 23, 10, 5), None]
    content = xlsx_file("Lijst", ["naam", "a", "b", "dag", "moment", "leeg"], [row])
    kept = cells_of(content)[1]
    assert kept == ["Zoë", -3, 2.5, datetime(2026, 11, 23), datetime(2026, 11, 23, 10, 5), None]


def test_the_head_of_an_xlsx_is_bold_and_in_sight_and_columns_fit():
    sheet = load_workbook(io.BytesIO(xlsx_file("Scholen [1/2]: *", ["naam"], [["x" * 30], ["y" * 300]]))).active
    assert (sheet.title, sheet["A1"].font.bold, sheet.freeze_panes) == ("Scholen  1 2", True, "A2")
    assert (sheet.column_dimensions["A"].width, sheet.auto_filter.ref) == (60, "A1:A3")


def test_letters_that_no_sheet_can_hold_are_left_out():
    assert cells_of(xlsx_file("", ["naam"], [["a\x00b\x1fc\ud800d"]])) == [["naam"], ["abcd"]]


def test_a_list_comes_in_the_kind_that_is_asked_for():
    assert [wants_file(asked(kind)) for kind in ("xlsx", "csv", "exe", "")] == [True, True, False, False]
    book, text = (list_file(asked(kind), "Mensen", ["naam"], [["Zoë"]], about="De Linde") for kind in ("xlsx", "csv"))
    assert cells_of(book.content) == [["naam"], ["Zoë"]]
    assert text.content.decode("utf-8-sig") == "naam\r\nZoë\r\n"
    assert book["Content-Disposition"].startswith('attachment; filename="mensen-de-linde-20')
    assert book["Content-Disposition"].endswith('.xlsx"')
    assert text["Content-Disposition"].endswith('.csv"')


def test_moments_are_told_by_the_clock_on_the_wall_and_truths_in_words():
    row = [datetime(2026, 11, 23, 9, 0, tzinfo=UTC), True, False]
    assert list_file(asked("csv"), "Mensen", ["a", "b", "c"], [row]).content.decode().splitlines()[1] == (
        "2026-11-23 10:00:00;ja;nee"
    )


def test_each_export_is_announced_with_what_was_taken():
    heard = []

    def listen(name, count, request, **kwargs):
        heard.append((name, count, request.path))

    list_exported.connect(listen)
    list_file(asked("csv"), "Mensen", ["naam"], iter([["a"], ["b"]]))
    list_exported.disconnect(listen)
    assert heard == [("Mensen", 2, "/lijst/")]


def test_an_xlsx_that_is_too_long_says_so_on_its_last_line(monkeypatch):
    monkeypatch.setattr(sheets, "LONGEST_XLSX", 2)
    rows = [["a"], ["b"], ["c"]]
    assert cells_of(list_file(asked("xlsx"), "Mensen", ["naam"], rows).content)[1:] == [
        ["a"], ["b"], ["Dit zijn de eerste 2 regels. De CSV bevat ze allemaal."],
    ]  # fmt: skip
    assert len(list_file(asked("csv"), "Mensen", ["naam"], rows).content.splitlines()) == 4


def test_ten_thousand_lines_of_eight_cells_are_no_long_wait():
    row = ["naam", "Utrecht", "=1+1", "tekst", 3, 2.5, date(2026, 1, 1), "nog een tekst"]
    began = time.process_time()
    xlsx_file("Lijst", list("abcdefgh"), [row] * 10_000)
    assert time.process_time() - began < 6
