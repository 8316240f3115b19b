"""Staff rosters: colleagues come in, pupils never do, and it can be taken back."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.core.registry.journal import ChangedSince
from leerkracht.organisations.forms.rosters import packed, unpacked
from leerkracht.organisations.kernel.roster import RosterRefused, files, read_roster, zip_files
from leerkracht.organisations.models import Role, RoleAssignment, RosterImport, TeamMembership
from leerkracht.organisations.queries.roster import codes_of_body, codes_of_school
from leerkracht.organisations.services.roster import Place, import_roster, undo_roster

from .factories import NOW, TODAY, a_governing_body, a_member, a_person, a_role, a_school, a_team

ORGS = "sourcedId,status,name,type,identifier\no1,active,De Linde,school,12AB\no2,active,Elders,school,99ZZ\n"
USERS = (
    "sourcedId,status,enabledUser,givenName,familyName,middleName,email\n"
    "u1,active,true,Mila,Jansen,van der,mila@school.example\n"
    "u2,active,true,Pietje,Leerling,,pietje@school.example\n"
    "u3,active,true,Ouder,Leerling,,ouder@thuis.example\n"
    "u4,active,true,Tom,Wit,de,\n"
    "u5,active,true,Anna,Elders,,anna@elders.example\n"
    "u6,active,false,Oud,Collega,,oud@school.example\n"
    "u7,active,true,Bea,Baas,,bea@school.example\n"
    "u8,active,true,Vreemd,Rol,,vreemd@school.example\n"
)
ROLES = (
    "sourcedId,userSourcedId,roleType,role,orgSourcedId\n"
    "r1,u1,primary,teacher,o1\nr2,u2,primary,student,o1\nr3,u3,primary,guardian,o1\nr4,u4,primary,teacher,o1\n"
    "r5,u5,primary,teacher,o2\nr6,u6,primary,teacher,o1\nr7,u7,primary,principal,o1\nr8,u8,primary,wizard,o1\n"
)
CLASSES = "sourcedId,title,schoolSourcedId\nc1,Groep 5,o1\nc2,Groep 6,o1\n"
ENROLMENTS = (
    "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\n"
    "e1,c1,o1,u1,teacher\ne2,c1,o1,u2,student\ne3,c1,o1,u5,teacher\n"
)
WHOLE = {
    "orgs.csv": ORGS,
    "users.csv": USERS,
    "roles.csv": ROLES,
    "classes.csv": CLASSES,
    "enrollments.csv": ENROLMENTS,
}


def in_bytes(tables):
    return {name: text.encode() for name, text in tables.items()}


def read(codes=("12AB",), **changed):
    return read_roster(in_bytes(WHOLE | {f"{k}.csv": v for k, v in changed.items()}), frozenset(codes))


def zipped(tables=WHOLE, folder=""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(folder + name, text)
    return out.getvalue()


@pytest.fixture
def school(db):
    return a_school(code="12AB", name="De Linde")


@pytest.fixture
def leader(school):
    return a_role(Role.SCHOOL_LEADER, school=school).person


def taken_in(school, by, teams=None, roster=None):
    return import_roster(place=Place(school), roster=roster or read(), teams=teams or {}, by=by, now=NOW)


def test_staff_is_read_with_the_groups_they_teach():
    found = read()
    assert [(p.name, p.email, p.role, p.classes) for p in found.staff] == [
        ("Mila van der Jansen", "mila@school.example", "teacher", ("c1",)),
        ("Bea Baas", "bea@school.example", "principal", ()),
    ]
    assert [c.title for c in found.classes] == ["Groep 5"]


def test_pupils_and_parents_are_counted_and_appear_nowhere():
    found = read()
    assert (found.pupils, found.enrolments, found.inactive) == (2, 1, 1)
    for word in ("Pietje", "pietje", "Ouder", "Leerling"):
        assert word not in repr(found)


def test_a_refused_row_names_file_line_and_reason_and_nothing_of_its_words():
    assert [(row.file, row.line, row.reason) for row in read().refused] == [
        ("orgs.csv", 3, "Dit is van een andere school of een ander bestuur."),
        ("users.csv", 5, "Er staat geen e-mailadres bij, of het klopt niet."),
        ("users.csv", 6, "Dit is van een andere school of een ander bestuur."),
        ("users.csv", 9, "Deze rol kennen we niet."),
        ("enrollments.csv", 4, "Deze collega of groep staat niet in de lijst."),
    ]


def test_who_is_a_pupil_somewhere_is_no_colleague():
    both = ROLES + "r9,u1,secondary,student,o1\n"
    assert [p.email for p in read(roles=both).staff] == ["bea@school.example"]


def test_the_older_form_has_its_role_with_the_user():
    users = 'sourcedId,orgSourcedIds,role,givenName,familyName,email\nu1,"o1,o2",teacher,Mila,Jansen,m@s.example\n'
    assert [p.email for p in read(users=users, roles="sourcedId,userSourcedId,role\n").staff] == ["m@s.example"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"users": USERS.splitlines()[0] + "\n" + USERS.splitlines()[2] + "\n"}, "only_pupils"),
        ({"manifest": "propertyName,value\nfile.users,delta\n"}, "delta"),
        ({"manifest": "propertyName,value\nfile.users,absent\n"}, "missing"),
        ({"users": ""}, "missing"),
        ({"users": "naam;adres\nMila;x\n"}, "no_roster"),
        ({"users": 'sourcedId,"email\nu1,x'}, "unreadable"),
    ],
)
def test_what_is_no_whole_staff_roster_is_refused_in_words(changed, code):
    with pytest.raises(RosterRefused) as refused:
        read(**changed)
    assert refused.value.code == code


def test_the_manifest_may_say_that_a_file_does_not_count():
    found = read(manifest="propertyName,value\nfile.users,bulk\nfile.enrollments,absent\n")
    assert [p.classes for p in found.staff] == [(), ()]


def test_a_zip_is_read_also_with_a_folder_in_it_and_no_further_than_fits(monkeypatch):
    assert zip_files(zipped(folder="export/"))["users.csv"] == USERS.encode()
    monkeypatch.setattr(files, "LARGEST", 1000)
    with pytest.raises(RosterRefused, match="groter"):
        zip_files(zipped(WHOLE | {"users.csv": "a" * 100_000}))
    assert "readme.txt" not in zip_files(zipped({"readme.txt": "a" * 100_000}))
    with pytest.raises(RosterRefused, match="geen zip"):
        zip_files(b"geen zip")


def test_colleagues_are_made_without_mail_role_or_team(school, leader, mailoutbox):
    before = RoleAssignment.objects.count()
    done = taken_in(school, leader)
    assert (done.new, done.known, done.pupils, done.refused) == (2, 0, 2, 5)
    assert Person.objects.filter(email__in=["mila@school.example", "bea@school.example"]).count() == 2
    assert not Person.objects.filter(email__startswith="pietje").exists()
    assert (RoleAssignment.objects.count(), TeamMembership.objects.count(), mailoutbox) == (before, 0, [])


def test_once_more_changes_nothing_and_who_is_known_stays_as_they_are(school, leader):
    known = a_person("Anders Genoemd")
    Person.objects.filter(pk=known.pk).update(email="mila@school.example")
    team = a_team(school)
    assert taken_in(school, leader, {"c1": team}).known == 1
    again = taken_in(school, leader, {"c1": team})
    known.refresh_from_db()
    assert (again.new, again.known, again.moved, known.name) == (0, 2, [], "Anders Genoemd")
    assert list(TeamMembership.objects.values_list("team", "person")) == [(team.pk, known.pk)]


def test_undo_takes_colleagues_and_memberships_away(school, leader):
    before = Person.objects.count()
    done = taken_in(school, leader, {"c1": a_team(school)})
    undo_roster(done=RosterImport.objects.get(), by=leader, now=NOW)
    assert (Person.objects.count(), TeamMembership.objects.count()) == (before, 0)
    assert list(AuditEntry.objects.filter(act__contains="roster").order_by("pk").values_list("act", flat=True)) == [
        "organisations.roster_imported",
        "organisations.roster_undone",
    ]
    with pytest.raises(RosterRefused, match="al teruggedraaid"):
        undo_roster(done=done, by=leader, now=NOW)


@pytest.mark.parametrize("what", ["signed_in", "team"])
def test_undo_refuses_once_somebody_signed_in_or_got_a_team(school, leader, what):
    done = taken_in(school, leader)
    person = Person.objects.get(email="mila@school.example")
    if what == "signed_in":
        Person.objects.filter(pk=person.pk).update(last_login=NOW)
    else:
        a_member(a_team(school), person)
    with pytest.raises(ChangedSince):
        undo_roster(done=RosterImport.objects.get(pk=done.pk), by=leader, now=NOW)
    assert Person.objects.filter(pk=person.pk).exists()


def test_undo_refuses_after_thirty_days(school, leader):
    done = taken_in(school, leader)
    with pytest.raises(RosterRefused, match="dertig dagen"):
        undo_roster(done=done, by=leader, now=NOW + timedelta(days=32))


def test_codes_are_of_the_school_and_its_locations_or_of_all_schools_of_the_body(db):
    body = a_governing_body(number="41234")
    school, other = a_school(body, code="12AB"), a_school(code="99ZZ")
    assert codes_of_school(school) == {"12AB", "12AB00"}
    assert codes_of_body(body, TODAY) == {"41234", "12AB", "12AB00"}
    assert other.code not in codes_of_body(body, TODAY)


def test_the_command_says_what_it_did_and_a_dry_run_writes_nothing(school, tmp_path, capsys):
    path = tmp_path / "export.zip"
    path.write_bytes(zipped())
    call_command("import_roster", str(path), school="12ab", dry_run=True, json=True)
    report = json.loads(capsys.readouterr().out)
    assert {name: report[name] for name in ("staff", "new", "pupils_dropped", "enrolments_dropped")} == {
        "staff": 2,
        "new": 2,
        "pupils_dropped": 2,
        "enrolments_dropped": 1,
    }
    assert not RosterImport.objects.exists()
    for name, text in WHOLE.items():
        (tmp_path / name).write_text(text)
    call_command("import_roster", str(tmp_path), school="12AB")
    said = capsys.readouterr().out
    assert said.startswith("2 collega’s: 2 nieuw, 0 al bekend, 1 inactief. Weggelaten: 2 leerlingen en ouders")
    assert "Pietje" not in said
    with pytest.raises(CommandError, match="kennen we niet"):
        call_command("import_roster", str(path), school="00XX")


def test_the_page_shows_first_and_keeps_no_pupil_then_does_what_was_chosen(client, school, leader):
    team = a_team(school, name="Bovenbouw")
    sign_in(client, leader)
    page = reverse("organisations:roster", args=[school.pk])
    shown = client.post(page, {"file": SimpleUploadedFile("export.zip", zipped())})
    words = shown.content.decode()
    assert (shown.status_code, RosterImport.objects.count()) == (200, 0)
    assert "Mila van der Jansen" in words
    assert "Pietje" not in words
    text = shown.context["form"]["roster"].value()
    assert client.post(page, {"roster": text, "class_0": team.pk}).status_code == 302
    assert TeamMembership.objects.get().team == team
    done = RosterImport.objects.get()
    assert client.post(reverse("organisations:roster-undo", args=[school.pk, done.pk])).status_code == 302
    assert not TeamMembership.objects.exists()


def test_a_preview_is_of_this_school_and_cannot_be_made_up(school):
    other = a_school()
    assert unpacked(packed(read(), school), school) == read()
    assert unpacked(packed(read(), other), school) is None
    assert unpacked("verzonnen", school) is None


def test_a_team_of_another_school_is_no_choice(client, school, leader):
    elsewhere = a_team()
    sign_in(client, leader)
    page = reverse("organisations:roster", args=[school.pk])
    asked = {"roster": packed(read(), school), "class_0": elsewhere.pk}
    assert client.post(page, asked).status_code == 422
    assert not RosterImport.objects.exists()
    assert client.post(page, {"file": SimpleUploadedFile("x.zip", b"geen zip")}).status_code == 422
