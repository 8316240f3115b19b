"""The foundation's whole administration in one go: taken in, taken back, and never half."""

from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.organisations.models import (
    Contact,
    Invitation,
    Participation,
    Role,
    RoleAssignment,
    SheetChange,
    SheetImport,
    SheetRows,
)
from leerkracht.organisations.queries.administration import plan_of
from leerkracht.organisations.queries.imports import refused_lines, refused_table, unknown_words
from leerkracht.organisations.rules.imports import ImportRefused
from leerkracht.organisations.services import import_tables
from leerkracht.organisations.services import imports as services
from leerkracht.organisations.services.contacts import ContactFacts, change_contact

from . import made_up
from .factories import a_person, a_role, a_school, a_sheet_import

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
TABLES = (Person, Participation, RoleAssignment, Contact, Invitation)


@pytest.fixture
def central():
    return a_role(Role.CENTRAL_TEAM, a_person("Otto Spil")).person


def dump():
    """Every row of the tables that an import may touch."""
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in TABLES]


def put_ready(central, rows, kind=None):
    """The first sheet of a workbook as a draft, its columns as they were guessed."""
    draft = services.upload_file(name="lijst.xlsx", content=made_up.workbook(blad=rows), by=central, now=NOW)[0]
    draft.is_understood = True
    draft.save()
    assert kind is None or draft.kind == kind
    return SheetImport.objects.select_related("raw").get(pk=draft.pk)


def take_in(central, rows, kind=None, now=NOW):
    sheet = put_ready(central, rows, kind)
    services.apply_sheet(sheet=sheet, by=central, now=now)
    return SheetImport.objects.select_related("raw").get(pk=sheet.pk)


def counts(sheet):
    return (sheet.new, sheet.changed, sheet.same, sheet.refused)


LISTS = {
    "STAGES": (made_up.stages, lambda n: (n, 0, 1, made_up.REFUSED_STAGES)),
    "HISTORY": (made_up.history, lambda n: (3 * n - (n + 32) // 40, 0, 0, (n + 32) // 40)),
    "CONTACTS": (made_up.contacts, lambda n: (n, 0, 0, 1)),
    "COACHES": (made_up.coaches, lambda n: (n, 0, 0, 1)),
}


@pytest.mark.parametrize("kind", LISTS)
def test_each_list_goes_in_once_and_comes_out_whole(central, kind):
    made_up.a_register(120)
    rows, expected = LISTS[kind][0](120), LISTS[kind][1](120)
    before = dump()
    sheet = take_in(central, rows, kind)
    assert counts(sheet) == expected
    after = dump()
    assert after != before
    again = take_in(central, rows, kind)
    assert (again.new, again.changed) == (0, 0)
    assert dump() == after
    services.undo_sheet(sheet=again, by=central, now=NOW)
    services.undo_sheet(sheet=sheet, by=central, now=NOW)
    assert dump() == before


def test_all_four_lists_of_one_file_go_in_one_after_the_other(central):
    made_up.a_register(60)
    book = made_up.workbook(
        scholen=made_up.stages(60),
        verloop=made_up.history(60),
        mensen=made_up.contacts(60),
        coaches=made_up.coaches(60),
    )
    drafts = services.upload_file(name="alles.xlsx", content=book, by=central, now=NOW)
    assert [draft.kind for draft in drafts] == ["STAGES", "HISTORY", "CONTACTS", "COACHES"]
    before = dump()
    for draft in drafts:
        services.apply_sheet(sheet=draft, by=central, now=NOW)
    assert Participation.objects.filter(to_date=None).count() == 60
    for draft in reversed(drafts):
        services.undo_sheet(sheet=draft, by=central, now=NOW)
    assert dump() == before


def test_no_school_is_ever_in_two_stages_at_once(central):
    made_up.a_register(90)
    for rows in (made_up.stages(90), made_up.history(90), made_up.history(90), made_up.stages(90)):
        take_in(central, rows)
    last = {}
    for row in Participation.objects.order_by("school", "from_date", "pk"):
        if row.school_id in last:
            assert last[row.school_id].to_date is not None
            assert last[row.school_id].to_date <= row.from_date
        last[row.school_id] = row
    assert len(last) == 90


def test_refused_rows_come_back_with_their_cells_line_and_reason(central):
    made_up.a_register(10)
    sheet = take_in(central, made_up.stages(10))
    head, rows = refused_table(sheet)
    assert head[:2] == ["BRIN", "School"]
    assert [row[0] for row in rows] == ["99ZZ", "", made_up.code_of(2)]
    assert [row[-2] for row in rows] == [str(line.line) for line in refused_lines(sheet)]
    assert rows[0][-1] == "De code 99ZZ staat niet in het register. Kijk de code na, of vul naam en plaats in."
    corrected = [head, [made_up.code_of(9), *rows[0][1:3], "Tweede jaar", "1-8-2024", *rows[0][5:]]]
    assert counts(take_in(central, corrected, "STAGES"))[3] == 0


def test_a_crash_in_the_middle_leaves_the_database_as_it_was(central, monkeypatch):
    made_up.a_register(40)
    sheet, before = put_ready(central, made_up.coaches(40)), dump()

    def broken(*values):
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(services, "remember", broken)  # every row is written by then
        with pytest.raises(OSError, match="the disk is full"):
            services.apply_sheet(sheet=sheet, by=central, now=NOW)
    assert dump() == before
    assert SheetImport.objects.get(pk=sheet.pk).state == "DRAFT"
    services.apply_sheet(sheet=sheet, by=central, now=NOW)
    assert dump() != before


@pytest.mark.parametrize("kind", LISTS)
def test_the_number_of_queries_does_not_grow_with_the_list(central, kind):
    made_up.a_register(120)

    def queries(rows):
        with CaptureQueriesContext(connection) as asked:
            sheet = take_in(central, rows, kind)
        services.undo_sheet(sheet=sheet, by=central, now=NOW)
        return len(asked)

    assert queries(LISTS[kind][0](8)) == queries(LISTS[kind][0](30))


def test_undo_refuses_as_a_whole_where_somebody_changed_a_row_since(central):
    made_up.a_register(10)
    sheet = take_in(central, made_up.contacts(10))
    touched = Contact.objects.order_by("pk")[2]
    change_contact(contact=touched, facts=ContactFacts("Andere Naam"), by=central, now=NOW)
    before = dump()
    with pytest.raises(ImportRefused, match="er iets veranderd bij regel 4 van"):
        services.undo_sheet(sheet=sheet, by=central, now=NOW)
    assert dump() == before
    assert SheetImport.objects.get(pk=sheet.pk).state == "APPLIED"


def test_undo_refuses_where_a_coach_signed_in_or_got_another_place(central):
    made_up.a_register(40)
    sheet = take_in(central, made_up.coaches(40))
    first, second = Person.objects.filter(email__startswith="coach").order_by("pk")
    a_role(Role.EXPERT_COACH, first, school=a_school())
    with pytest.raises(ImportRefused, match="bij regel 2 van"):
        services.undo_sheet(sheet=sheet, by=central, now=NOW)
    RoleAssignment.objects.latest("pk").delete()
    Person.objects.filter(pk=second.pk).update(last_login=NOW)
    with pytest.raises(ImportRefused, match="bij regel 40 van"):
        services.undo_sheet(sheet=sheet, by=central, now=NOW)
    Person.objects.filter(pk=second.pk).update(last_login=None)
    services.undo_sheet(sheet=sheet, by=central, now=NOW)
    assert not Person.objects.filter(email__startswith="coach").exists()


def test_an_import_is_taken_back_for_thirty_days_and_once(central):
    made_up.a_register(3)
    sheet = take_in(central, made_up.contacts(3))
    with pytest.raises(ImportRefused, match="dertig dagen"):
        services.undo_sheet(sheet=sheet, by=central, now=NOW + timedelta(days=31))
    services.undo_sheet(sheet=sheet, by=central, now=NOW + timedelta(days=29))
    with pytest.raises(ImportRefused, match="al teruggedraaid"):
        services.undo_sheet(sheet=sheet, by=central, now=NOW + timedelta(days=29))
    with pytest.raises(ImportRefused, match="al ingelezen"):
        services.apply_sheet(sheet=sheet, by=central, now=NOW)


def test_every_row_leaves_a_line_in_the_trail_at_its_school(central):
    school = a_school()
    sheet = a_sheet_import(rows=[["code", "fase", "sinds"], [school.code, "eerste jaar", "1-8-2026"]])
    services.apply_sheet(sheet=sheet, by=central, now=NOW)
    services.undo_sheet(sheet=sheet, by=central, now=NOW)
    lines = AuditEntry.objects.order_by("pk").values_list("act", "school_id")
    assert list(lines) == [
        ("organisations.sheet_applied", None),
        ("organisations.stage_set", school.pk),
        ("organisations.sheet_undone", None),
        ("organisations.sheet_row_undone", school.pk),
    ]


def test_cells_and_what_stood_before_go_when_undo_is_over_and_drafts_after_a_week(central):
    made_up.a_register(3)
    applied, draft = take_in(central, made_up.contacts(3)), put_ready(central, made_up.contacts(3))
    services.drop_old_uploads(NOW + timedelta(days=6))
    assert (SheetRows.objects.count(), SheetChange.objects.count()) == (2, 3)
    services.drop_old_uploads(NOW + timedelta(days=8))
    assert set(SheetImport.objects.values_list("pk", flat=True)) == {applied.pk}
    assert draft.pk != applied.pk
    services.drop_old_uploads(NOW + timedelta(days=30))
    assert SheetRows.objects.count() == 1
    services.drop_old_uploads(NOW + timedelta(days=30, minutes=1))
    assert (SheetRows.objects.count(), SheetChange.objects.count()) == (0, 0)
    assert refused_lines(SheetImport.objects.get(pk=applied.pk)) == []


def test_what_was_chosen_is_remembered_for_the_next_list(central):
    school = a_school()
    rows = [["Schoolkenmerk", "Waar zijn we", "Per"], [school.code, "Warm", "1-8-2026"]]
    sheet = put_ready(central, rows)
    services.choose_kind(sheet=sheet, kind="STAGES", head=0, by=central, now=NOW)
    chosen = {0: "school_code", 1: "stage", 2: "from_date"}
    services.choose_columns(sheet=sheet, columns=chosen, by=central, now=NOW)
    sheet = SheetImport.objects.select_related("raw").get(pk=sheet.pk)
    assert unknown_words(sheet) == ["Warm"]
    assert plan_of(sheet, NOW.date()).counts() == {"REFUSED": 1}
    services.choose_words(sheet=sheet, words={"Warm": "PROSPECT"}, by=central, now=NOW)
    assert unknown_words(sheet) == []
    assert counts(take_in(central, rows, "STAGES")) == (1, 0, 0, 0)
    assert Participation.objects.get().stage == "PROSPECT"


def test_a_stage_ends_the_one_that_ran_and_undo_lets_it_run_on(central):
    school = a_school()
    running = Participation.objects.create(school=school, stage="YEAR_1", from_date=date(2025, 8, 1))
    sheet = a_sheet_import(rows=[["code", "fase", "sinds"], [school.code, "TWEEDE JAAR", "1-8-2026"]])
    services.apply_sheet(sheet=sheet, by=central, now=NOW)
    running.refresh_from_db()
    assert running.to_date == date(2026, 8, 1)
    assert Participation.objects.get(to_date=None).stage == "YEAR_2"
    services.undo_sheet(sheet=sheet, by=central, now=NOW)
    running.refresh_from_db()
    assert running.to_date is None
    assert Participation.objects.count() == 1


def test_tables_know_every_field_but_keys_and_passwords():
    """A field that is added later must be compared too, or undo would not see that somebody changed it."""
    left_alone = {"person": {"password", "created_at", "merged_into_id"}}
    for table, (model, fields) in import_tables.TABLES.items():
        own = {field.attname for field in model._meta.concrete_fields} - {"id"} - left_alone.get(table, set())
        assert own == set(fields), table


@pytest.mark.parametrize("kind", LISTS)
def test_fourteen_hundred_schools_are_looked_at_taken_in_and_taken_back_within_a_request(central, kind):
    made_up.a_register(1_400)
    before, rows, expected = dump(), LISTS[kind][0](1_400), LISTS[kind][1](1_400)
    start = perf_counter()
    sheet = put_ready(central, rows, kind)
    uploaded = perf_counter()
    plan_of(sheet, NOW.date())
    planned = perf_counter()
    services.apply_sheet(sheet=sheet, by=central, now=NOW)
    applied = perf_counter()
    services.undo_sheet(sheet=sheet, by=central, now=NOW)
    took = {"look": planned - uploaded, "in": applied - planned, "back": perf_counter() - applied}
    print(kind, f"file {uploaded - start:.2f} s,", ", ".join(f"{name} {time:.2f} s" for name, time in took.items()))  # noqa: T201  # the measured number
    sheet.refresh_from_db()
    assert counts(sheet) == expected
    assert dump() == before
    assert max(took.values()) < 3
