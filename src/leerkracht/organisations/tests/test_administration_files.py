"""Sheets as people send them become the same plain cells, or are refused in words."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from leerkracht.core.queries.words import say
from leerkracht.organisations.kernel.administration import KINDS, FileRefused, example, guess, lines_of, read_file
from leerkracht.organisations.kernel.administration import files as kernel
from leerkracht.organisations.kernel.administration.days import DayRefused, parse_day

from . import made_up

TODAY = date(2026, 11, 26)
LIST = "School;Plaats;Fase\nDe Één;Ede;zelfstandig\n"


def cells(data):
    return [row.cells for row in read_file(data)[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_reads_the_same_however_it_was_saved(encoding, delimiter):
    text = LIST.replace(";", delimiter)
    assert cells(text.encode(encoding)) == [("School", "Plaats", "Fase"), ("De Één", "Ede", "zelfstandig")]


def test_lines_keep_their_numbers_past_empty_ones_and_cells_of_two_lines():
    rows = read_file(b'a;b\n\n;;\n"x\ny";1\nz;2\n')[0].rows
    assert [(row.line, row.cells) for row in rows] == [(1, ("a", "b")), (4, ("x y", "1")), (6, ("z", "2"))]


def test_a_workbook_gives_days_numbers_and_truths_as_one_would_type_them():
    book = made_up.workbook(blad=[[date(2024, 8, 1), datetime(2024, 8, 1, 9), 12.0, 1.5, True, None, " a\u00a0 b "]])
    assert cells(book) == [("2024-08-01", "2024-08-01", "12", "1.5", "ja", "", "a b")]


def test_of_a_formula_the_value_counts_and_nothing_runs():
    book = made_up.workbook(blad=[["Fase"], ["=1+1"]])
    book = made_up.rewritten(book, "xl/worksheets/sheet1.xml", (r"<f>1\+1</f><v ?/?>(</v>)?", "<f>1+1</f><v>2</v>"))
    assert cells(book) == [("Fase",), ("2",)]


def test_a_cell_that_was_merged_downward_counts_for_every_row():
    out, book = io.BytesIO(), openpyxl.Workbook()
    for row in (["Titel", ""], ["School", "Contact"], ["De Wilg", "An"], ["", "Bo"], ["", "Cy"], ["", "Di"]):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("A3:A5")
    book.save(out)
    assert cells(out.getvalue())[2:] == [("De Wilg", "An"), ("De Wilg", "Bo"), ("De Wilg", "Cy"), ("", "Di")]


def test_a_hidden_sheet_stays_hidden_and_an_empty_one_is_no_sheet():
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["zichtbaar"])
    book.create_sheet("leeg")
    book.create_sheet("weg").append(["geheim"])
    book["weg"].sheet_state = "hidden"
    book.save(out)
    assert [sheet.name for sheet in read_file(out.getvalue())] == ["Sheet"]


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


ENTITIES = (
    r"<worksheet",
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet',
)
REFUSED = {
    "file.old_excel": b"\xd0\xcf\x11\xe0 an old workbook",
    "file.empty": b"\n\n;;\n",
    "file.other": b"%PDF-1.7\x00\x01\x02",
    "file.too_large": b"a" * (kernel.MOST_BYTES + 1),
    "file.too_many_rows": b"a\n" * (kernel.MOST_ROWS + 1),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_no_list_is_refused_in_words(code):
    with pytest.raises(FileRefused) as refused:
        read_file(REFUSED[code])
    assert refused.value.code == code
    assert say(refused.value).endswith(".")


def test_a_document_that_is_packed_like_a_workbook_is_none():
    with pytest.raises(FileRefused, match="geen Excel-werkmap"):
        read_file(packed(content_xml="<x/>", mimetype="application/vnd.oasis.opendocument.spreadsheet"))


def test_what_unpacks_into_far_too_much_is_refused_before_it_is_unpacked(monkeypatch):
    book = made_up.workbook(blad=[["a"]])
    assert cells(book) == [("a",)]
    monkeypatch.setattr(kernel, "MOST_UNPACKED", 1000)
    with pytest.raises(FileRefused) as refused:
        read_file(book)
    assert refused.value.code == "file.bomb"


def test_entities_that_multiply_are_never_expanded():
    book = made_up.workbook(blad=[["a"]])
    with pytest.raises(FileRefused) as refused:
        read_file(made_up.rewritten(book, "xl/worksheets/sheet1.xml", ENTITIES))
    assert refused.value.code == "file.damaged"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("45505", date(2024, 8, 1)),
        ("1-8-2024", date(2024, 8, 1)),
        ("01/08/24", date(2024, 8, 1)),
        ("1.8.2024", date(2024, 8, 1)),
        ("2024-08-01", date(2024, 8, 1)),
        ("1 aug. 2024", date(2024, 8, 1)),
        ("Augustus 2024", date(2024, 8, 1)),
        ("mrt-24", date(2024, 3, 1)),
        ("schooljaar 2024-2025", date(2024, 8, 1)),
        ("2024/2025", date(2024, 8, 1)),
        ("24-25", date(2024, 8, 1)),
        ("1-1-2007", date(2007, 1, 1)),
        ("26-11-2027", date(2027, 11, 26)),
    ],
)
def test_a_day_is_read_as_it_was_meant(text, day):
    assert parse_day(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31-2-2024", "day.impossible"),
        ("8/13/2024", "day.impossible"),
        ("2024-13-01", "day.impossible"),
        ("31-12-2006", "day.too_early"),
        ("1-8-2028", "day.too_late"),
        ("2024-2027", "day.unknown"),
        ("binnenkort", "day.unknown"),
        ("2024", "day.unknown"),
        ("blarch 2024", "day.unknown"),
    ],
)
def test_a_day_that_cannot_be_is_refused(text, code):
    with pytest.raises(DayRefused) as refused:
        parse_day(text, today=TODAY)
    assert refused.value.code == code


def test_the_head_is_found_below_a_title_and_the_total_is_no_row():
    rows = read_file(made_up.workbook(blad=made_up.stages(2)))[0].rows
    found = guess(rows, {})
    assert (rows[found.head].line, found.kind) == (3, "STAGES")
    assert found.columns == {
        0: "school_code",
        1: "school_name",
        2: "place",
        3: "stage",
        4: "from_date",
        5: "reason",
    }
    assert [line.number for line in lines_of(rows, found.head, found.columns)] == [4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("kind", KINDS)
def test_each_example_is_recognised_as_what_it_is(kind):
    head, rows = example(kind)
    found = guess(read_file(made_up.workbook(blad=[head, *rows]))[0].rows, {})
    assert (found.head, found.kind) == (0, kind)
    assert sorted(found.columns.values()) == sorted(column.key for column in KINDS[kind].columns)


def test_what_was_chosen_last_time_comes_before_our_own_words():
    rows = read_file(b"BRIN;Fase;Datum;Start\n00AA;x;1-1-2020;1-8-2020\n")[0].rows
    assert guess(rows, {}).columns[2] == "from_date"
    assert guess(rows, {"STAGES": {"start": "from_date"}}).columns == {0: "school_code", 1: "stage", 3: "from_date"}
