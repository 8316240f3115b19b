"""A list on its way in, as the central team walks it: file, columns, a look, in, and back."""

import io
from datetime import date

import openpyxl
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.organisations.kernel.administration import KINDS, read_file
from leerkracht.organisations.models import Invitation, Participation, Role, SheetImport

from . import made_up
from .factories import a_person, a_role, a_school, a_sheet_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def central(client):
    someone = a_role(Role.CENTRAL_TEAM, a_person("Otto Spil")).person
    sign_in(client, someone)
    return someone


@pytest.fixture
def school():
    return a_school(name="De Regenboog", place="Ede")


def url(name, *args):
    return reverse(f"organisations:{name}", args=args)


def upload(client, content, name="scholen.csv"):
    return client.post(url("import-new"), {"file": SimpleUploadedFile(name, content)})


def a_list(school, *more):
    return "\n".join(["BRIN;Fase;Sinds", f"{school.code};EERSTE JAAR;1-8-2026", *more]).encode()


def test_a_list_goes_from_file_to_stage_and_back(client, central, school):
    at_columns = upload(client, a_list(school, "99ZZ;zelfstandig;1-8-2024"))
    sheet = SheetImport.objects.get()
    assert at_columns.url == url("import-columns", sheet.pk)
    page = client.get(at_columns.url).content.decode()
    assert "EERSTE JAAR · zelfstandig" in page  # what is in the column stands beside it
    columns = {"column_0": "school_code", "column_1": "stage", "column_2": "from_date"}
    assert client.post(at_columns.url, columns).url == url("import", sheet.pk)
    page = client.get(url("import", sheet.pk))
    assert page.context["counts"] == {"new": 1, "changed": 0, "same": 0, "refused": 1}
    assert "De code 99ZZ staat niet in het register." in page.content.decode()
    assert not Participation.objects.exists()
    client.post(url("import-apply", sheet.pk))
    assert Participation.objects.get().from_date == date(2026, 8, 1)
    page = client.get(url("import", sheet.pk)).content.decode()
    assert "Geweigerde rijen" in page
    file = client.get(url("import-refused", sheet.pk) + "?export=csv").content.decode("utf-8-sig").splitlines()
    assert file[1].startswith("99ZZ;zelfstandig;1-8-2024;3;De code 99ZZ staat niet")
    client.post(url("import-undo", sheet.pk))
    assert not Participation.objects.exists()
    assert "Teruggedraaid op" in client.get(url("import", sheet.pk)).content.decode()


def test_a_refused_row_that_could_be_a_formula_is_text_in_the_file(client, central, school):
    upload(client, b'BRIN;Fase;Sinds\n"=HYPERLINK(1)";@x;1-8-2024\n')
    sheet = SheetImport.objects.get()
    SheetImport.objects.update(is_understood=True)
    client.post(url("import-apply", sheet.pk))
    file = client.get(url("import-refused", sheet.pk) + "?export=csv").content.decode("utf-8-sig").splitlines()
    assert file[1].startswith("'=HYPERLINK(1);'@x;")


def test_a_file_that_is_no_list_says_so_and_leaves_nothing(client, central):
    for content, words in ((b"%PDF-1.7\x00", "geen Excel-werkmap"), (b"\xd0\xcf\x11\xe0", "oud Excel-bestand")):
        answer = upload(client, content, "brief.pdf")
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not SheetImport.objects.exists()


def test_columns_that_miss_something_or_say_it_twice_keep_what_was_chosen(client, central, school):
    upload(client, a_list(school))
    sheet = SheetImport.objects.get()
    twice = client.post(url("import-columns", sheet.pk), {"column_0": "stage", "column_1": "stage"})
    assert (twice.status_code, "Kolom A heeft deze betekenis al" in twice.content.decode()) == (422, True)
    short = client.post(url("import-columns", sheet.pk), {"column_0": "school_code", "column_1": "stage"})
    assert "Er is nog geen kolom voor: begindatum." in short.content.decode()
    assert not SheetImport.objects.filter(is_understood=True).exists()


def test_another_kind_or_another_row_of_heads_guesses_anew(client, central, school):
    upload(client, b"Onze lijst;;\nBRIN;Fase;Sinds\n")
    sheet = SheetImport.objects.get()
    assert (sheet.kind, sheet.head) == ("STAGES", 1)
    client.post(url("import-columns", sheet.pk), {"kind": "CONTACTS", "head": "1"})
    sheet.refresh_from_db()
    assert (sheet.kind, sheet.columns) == ("CONTACTS", {"0": "school_code"})
    client.post(url("import-columns", sheet.pk), {"kind": "CONTACTS", "head": "0"})
    sheet.refresh_from_db()
    assert (sheet.head, sheet.columns) == (0, {})


def test_own_words_for_a_stage_are_asked_once(client, central, school):
    sheet = a_sheet_import(rows=[["code", "fase", "sinds"], [school.code, "Warm", "1-8-2026"]])
    assert "‘Warm’" in client.get(url("import", sheet.pk)).content.decode()
    client.post(url("import-words", sheet.pk), {"word_0": "PROSPECT"})
    page = client.get(url("import", sheet.pk))
    assert page.context["counts"]["new"] == 1
    assert "‘Warm’" not in page.content.decode()


def test_the_look_can_be_narrowed_to_what_is_refused(client, central, school):
    sheet = a_sheet_import(
        rows=[["code", "fase", "sinds"], [school.code, "intake", "1-8-2026"], ["99ZZ", "intake", "x"]]
    )
    found = client.get(url("import", sheet.pk) + "?only=REFUSED").context["page"].object_list
    assert [(row.line, bool(reason)) for row, reason in found] == [(3, True)]


def test_a_draft_is_thrown_away_with_the_other_sheets_of_its_file(client, central):
    made_up.a_register(2)
    upload(client, made_up.workbook(a=made_up.stages(2), b=made_up.contacts(2)), "alles.xlsx")
    first = SheetImport.objects.order_by("pk")[0]
    assert "alles.xlsx" in client.get(url("imports")).content.decode()
    client.post(url("import-drop", first.pk))
    assert not SheetImport.objects.exists()
    assert "Hier komen de lijsten" in client.get(url("imports")).content.decode()


def test_the_sheets_of_one_file_stand_beside_one_another(client, central):
    made_up.a_register(2)
    upload(client, made_up.workbook(a=made_up.stages(2), b=made_up.contacts(2)), "alles.xlsx")
    one, other = SheetImport.objects.order_by("pk")
    assert [tab["label"] for tab in client.get(url("import-columns", one.pk)).context["tabs"]] == ["a", "b"]
    assert (one.kind, other.kind) == ("STAGES", "CONTACTS")


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_opens_in_excel_and_is_read_back(client, central, kind):
    answer = client.get(url("import-example", kind) + "?export=xlsx")
    head = [cell.value for cell in next(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows())]
    assert head == [column.label for column in KINDS[kind].columns]
    assert len(read_file(answer.content)[0].rows) >= 3
    assert client.get(url("import-example", kind) + "?export=csv").content.startswith(b"\xef\xbb\xbf")


def test_the_list_is_searched_sorted_and_taken_along(client, central):
    a_sheet_import(file_name="b.csv", created_by=a_person("Ada"), refused=2)
    a_sheet_import(file_name="a.csv", created_by=a_person("Bob"), refused=1)

    def names(query):
        return [one.file_name for one in client.get(url("imports") + query).context["page"].object_list]

    assert names("?sort=file") == ["a.csv", "b.csv"]
    assert names("?sort=refused") == ["b.csv", "a.csv"]
    assert names("?q=ada") == ["b.csv"]
    assert names("?q=niets") == []
    file = client.get(url("imports") + "?export=csv&q=bob").content.decode("utf-8-sig").splitlines()
    assert file[1].split(";")[1] == "a.csv"
    assert AuditEntry.objects.filter(act="accounts.list_exported").count() == 1


def test_the_pages_cost_the_same_for_one_and_for_three(client, central):
    school = a_school()

    def queries(path):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    one = a_sheet_import(rows=[["c", "f", "s"], [school.code, "intake", "1-8-2026"]])
    list_of_one = queries(url("imports"))
    three = a_sheet_import(rows=[["c", "f", "s"], *[[a_school().code, "intake", "1-8-2026"] for _ in range(3)]])
    a_sheet_import()
    assert queries(url("imports")) == list_of_one
    assert queries(url("import", three.pk)) == queries(url("import", one.pk))


def test_new_coaches_are_invited_from_the_result_once(client, central):
    made_up.a_register(40)
    upload(client, made_up.workbook(coaches=made_up.coaches(40)), "coaches.xlsx")
    SheetImport.objects.update(is_understood=True)
    sheet = SheetImport.objects.get()
    client.post(url("import-apply", sheet.pk))
    assert mail.outbox == []  # nobody hears of it by itself
    assert client.get(url("import", sheet.pk)).context["newcomers"] == 2
    for _twice in range(2):
        client.post(url("import-invite", sheet.pk))
    assert Invitation.objects.count() == 2
    assert client.get(url("import", sheet.pk)).context["newcomers"] == 0
    client.post(url("import-undo", sheet.pk))
    assert not Person.objects.filter(email__startswith="coach").exists()
    assert not Invitation.objects.filter(revoked_at=None).exists()
