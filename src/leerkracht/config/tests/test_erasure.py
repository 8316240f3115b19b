"""Somebody is erased: the name is nowhere any more, the work is where it was, and the chain verifies."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from leerkracht.accounts.models import AuditEntry, Person, PersonMerge
from leerkracht.accounts.queries import chain
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services.erasure import ErasureRefused, all_of, erase_person
from leerkracht.accounts.services.people import make_person
from leerkracht.accounts.services.sealing import seal_all
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.boards.models import Action, Attendance, Note
from leerkracht.config import demonstration
from leerkracht.core.kernel.names import without
from leerkracht.core.registry.people import movers
from leerkracht.core.registry.privacy import keepers
from leerkracht.organisations.models import Contact, Invitation, Role, RoleAssignment, SheetChange, TeamMembership
from leerkracht.organisations.rules.erasure import LastOne
from leerkracht.organisations.rules.merging import MergeRefused
from leerkracht.organisations.services.merging import Choice, merge_people, undo_merge
from leerkracht.organisations.tests.factories import (
    a_contact,
    a_handover,
    a_person,
    a_role,
    a_roster_import,
    a_sheet_change,
    a_sheet_import,
    an_invitation,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NAME, OTHER_NAME = "Quirinusje Kanariegeel", "Q. Kanariegeel-Oud"
MAIL, OTHER_MAIL = "kanariegeel@voorbeeld.invalid", "q.kanarie@elders.invalid"
CANARIES = ("kanariegeel", "q.kanarie")


def everywhere(media, mail):
    """Tables and files in which a canary stands: every column of every table, as text."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                said = " ".join(_text(value) for value in row).casefold()
                if any(canary in said for canary in CANARIES):
                    found.add(table)
    for folder in (media, mail):
        for path in folder.rglob("*"):
            if path.is_file() and any(canary.encode() in path.read_bytes().lower() for canary in CANARIES):
                found.add(path.name)
    return found


def _text(value):
    if isinstance(value, memoryview):
        value = bytes(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


@pytest.fixture
def places(settings, tmp_path):
    media, mail = tmp_path / "media", tmp_path / "mail"
    media.mkdir()
    mail.mkdir()
    settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH = media, mail
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": media}},
    }
    return media, mail


@pytest.fixture
def world(db, places):
    return demonstration.build(now=NOW)


@pytest.fixture
def somebody(world, places):
    """Who did everything that one can do here, and stands in every list that was ever read in."""
    person = world.people["Arjan Boekenkast"]
    EmailAddress.objects.filter(user=person).delete()
    other = make_person(email=OTHER_MAIL, name=OTHER_NAME, by=THE_SYSTEM, now=NOW)
    Person.objects.filter(pk=person.pk).update(name=NAME, email=MAIL)
    person.refresh_from_db()
    EmailAddress.objects.create(user=person, email=MAIL, verified=True, primary=True)
    central = Person.objects.get(name="Otto Spilfiguur")
    merge_people(kept=person, gone=other, choice=Choice(NAME, MAIL), by=central, now=NOW)
    an_invitation(email=MAIL.upper(), name=NAME)
    a_contact(name=NAME, email=MAIL)
    sheet = a_sheet_import(rows=[["naam", "mail"], [NAME, f"<{MAIL}>"]])
    a_sheet_change(sheet=sheet, table="person", row_id=person.pk, after={"name": NAME, "email": MAIL})
    a_roster_import(school=world.schools["ZZAA"], by=central, moved={"made": [{"name": NAME}]})
    a_handover(giver=person, moved={"said": f"van {NAME} aan een ander"})
    DBTaskResult.objects.create(
        args_kwargs={"args": [OTHER_MAIL], "kwargs": {}},
        task_path="x.y",
        queue_name="default",
        backend_name="default",
        run_after=NOW,
        priority=0,
        status="SUCCESSFUL",
        exception_class_path="",
        traceback=f"... {MAIL} ...",
    )
    default_storage.save("records/een.pdf", ContentFile(NAME.encode()))
    (places[1] / "een.log").write_text(f"To: {MAIL}")
    return person


def test_the_name_is_nowhere_any_more_and_was_everywhere_before(somebody, places):
    assert everywhere(*places) >= {
        "accounts_person",
        "accounts_personmerge",
        "account_emailaddress",
        "organisations_invitation",
        "organisations_contact",
        "organisations_sheetrows",
        "organisations_sheetchange",
        "organisations_rosterimport",
        "organisations_handover",
        "django_tasks_database_dbtaskresult",
        "een.pdf",
        "een.log",
    }
    seal_all(now=NOW)
    erase_person(person=somebody, by=THE_SYSTEM, now=NOW)
    assert everywhere(*places) == set()


def test_the_work_stays_and_goes_by_another_name(somebody, client, monkeypatch):
    monkeypatch.setattr("leerkracht.accounts.middleware.needs_second_factor", lambda person: False)
    owned, noted, there = (
        set(rows.values_list("pk", flat=True))
        for rows in (
            Action.objects.filter(owner=somebody),
            Note.objects.filter(person=somebody),
            Attendance.objects.filter(person=somebody),
        )
    )
    assert owned
    assert there
    board = Action.objects.filter(owner=somebody).latest("pk").board
    erase_person(person=somebody, by=THE_SYSTEM, now=NOW)
    assert set(Action.objects.filter(owner=somebody).values_list("pk", flat=True)) == owned
    assert set(Note.objects.filter(person=somebody).values_list("pk", flat=True)) == noted
    assert set(Attendance.objects.filter(person=somebody).values_list("pk", flat=True)) == there
    member = TeamMembership.objects.filter(team=board.team, to_date=None).exclude(person=somebody).first().person
    client.force_login(member)
    for route in ("board", "history", "archive"):
        page = client.get(reverse(f"boards:{route}", args=[board.pk]))
        assert page.status_code == 200
        assert "anariegeel" not in page.content.decode()
    assert "oud-collega" in client.get(reverse("boards:board", args=[board.pk])).content.decode()


def test_the_chain_verifies_after_somebody_was_erased(somebody):
    seal_all(now=NOW)
    erase_person(person=somebody, by=THE_SYSTEM, now=NOW)
    seal_all(now=NOW)
    verdict = chain.look()
    assert verdict.broken == ()
    assert (
        not AuditEntry.objects.filter(target_id=str(somebody.pk), target_kind="accounts.person")
        .exclude(act="accounts.person_erased")
        .exists()
    )


def test_roles_end_sign_ins_end_and_nobody_gets_in_again(somebody, client):
    sign_in(client, somebody)
    UserSession.objects.create(user=somebody, ip="127.0.0.1", session_key=client.session.session_key, user_agent="x")
    assert client.get(reverse("accounts:still-here")).status_code == 204
    erase_person(person=somebody, by=THE_SYSTEM, now=NOW)
    assert not TeamMembership.objects.filter(person=somebody, to_date=None).exists()
    assert not RoleAssignment.objects.filter(person=somebody, to_date=None).exists()
    assert not UserSession.objects.filter(user=somebody).exists()
    assert client.get(reverse("accounts:still-here")).status_code == 302
    somebody.refresh_from_db()
    assert (somebody.is_active, somebody.name, somebody.erased_at) == (False, "oud-collega", NOW)


def test_an_erased_merge_is_not_taken_back_and_an_erased_person_not_erased_again(somebody):
    merge = PersonMerge.objects.get(kept=somebody)
    erase_person(person=somebody, by=THE_SYSTEM, now=NOW)
    with pytest.raises(MergeRefused, match="gewist"):
        undo_merge(merge=merge, by=Person.objects.get(name="Otto Spilfiguur"), now=NOW)
    with pytest.raises(ErasureRefused):
        erase_person(person=somebody, by=THE_SYSTEM, now=NOW)


def test_the_last_who_can_let_others_in_is_not_erased(db):
    person = a_role(Role.CENTRAL_TEAM).person
    with pytest.raises(LastOne, match="laatste"):
        erase_person(person=person, by=THE_SYSTEM, now=NOW)
    person.refresh_from_db()
    assert person.erased_at is None
    a_role(Role.CENTRAL_TEAM)
    assert erase_person(person=person, by=THE_SYSTEM, now=NOW).erased_at == NOW


def test_a_name_is_taken_out_only_where_it_stands_by_itself():
    told = {"Jan": ["Jan de Boer", "jan!", "Janneke", 3, None, {"x": "van Jan"}]}
    assert without(told, ["Jan"], "iemand") == {
        "iemand": ["iemand de Boer", "iemand!", "Janneke", 3, None, {"x": "van iemand"}]
    }
    assert without("Jan", ["", " "], "iemand") == "Jan"
    assert without("A.B. (x)", ["A.B."], "iemand") == "iemand (x)"


def unpacked(pack):
    with zipfile.ZipFile(io.BytesIO(pack)) as found:
        return {name: found.read(name).decode("utf-8-sig") for name in found.namelist()}


def test_all_that_is_kept_goes_along(somebody):
    found = unpacked(all_of(person=somebody, by=somebody, now=NOW))
    whole = json.loads(found["alles.json"])
    assert whole["Account"][0]["naam"] == NAME
    assert {row["e-mailadres"] for row in whole["Adressen"]} == {MAIL, OTHER_MAIL}
    assert [row["team"] for row in whole["Teams"]] == ["Bovenbouw"]
    assert len(whole["Acties van jou"]) == Action.objects.filter(owner=somebody).count()
    assert len(whole["Sessies waar je was"]) == Attendance.objects.filter(person=somebody, is_present=True).count()
    assert [row["e-mailadres"] for row in whole["Jij als contactpersoon"]] == [MAIL]
    assert "LEESMIJ.txt" in found
    assert all(f"{name}.csv" in found for name in ("account", "teams", "rollen", "acties-van-jou"))
    assert AuditEntry.objects.filter(act="accounts.own_data_taken", actor_id=str(somebody.pk)).count() == 1


def test_whichever_room_moves_people_at_a_merge_keeps_and_erases_them_too():
    assert keepers().keys() == movers().keys()


class TestPages:
    @pytest.fixture
    def person(self, db, monkeypatch):
        monkeypatch.setattr("leerkracht.accounts.middleware.needs_second_factor", lambda person: False)
        return a_person("Mila Jansen")

    def test_the_own_data_come_as_a_file(self, client, person):
        client.force_login(person)
        answer = client.post(reverse("accounts:own-data"))
        assert answer["Content-Type"] == "application/zip"
        assert json.loads(unpacked(answer.content)["alles.json"])["Account"][0]["naam"] == "Mila Jansen"

    def test_a_wrong_address_erases_nothing_and_keeps_what_was_typed(self, client, person):
        client.force_login(person)
        answer = client.post(reverse("accounts:erase"), {"email": "x@y.nl"})
        assert answer.status_code == 422
        assert 'value="x@y.nl"' in answer.content.decode()
        person.refresh_from_db()
        assert person.erased_at is None

    def test_the_own_address_erases_and_signs_out(self, client, person):
        client.force_login(person)
        answer = client.post(reverse("accounts:erase"), {"email": f" {person.email.upper()} "})
        assert (answer.status_code, "_auth_user_id" in client.session) == (200, False)
        person.refresh_from_db()
        assert person.erased_at is not None
        assert client.get(reverse("accounts:profile")).status_code == 302

    def test_a_refusal_is_said_on_the_page(self, client, person):
        a_role(Role.ADMINISTRATOR, person)
        client.force_login(person)
        answer = client.post(reverse("accounts:erase"), {"email": person.email})
        assert answer.status_code == 422
        assert "Dit is de laatste met de rol" in answer.content.decode()


class TestCommand:
    def test_it_erases_by_address_and_says_when_there_is_nobody(self, db, capsys):
        person = a_person("Mila Jansen")
        call_command("privacy", "erase", person.email, "--yes")
        person.refresh_from_db()
        assert person.erased_at is not None
        with pytest.raises(CommandError, match="There is nobody"):
            call_command("privacy", "erase", "nobody@x.nl", "--yes")

    def test_it_writes_what_is_kept(self, db, tmp_path):
        person = a_person("Mila Jansen")
        call_command("privacy", "download", str(person.pk), str(tmp_path / "all.zip"))
        assert "Mila Jansen" in unpacked((tmp_path / "all.zip").read_bytes())["account.csv"]


def test_whoever_is_erased_leaves_contacts_and_invitations_of_others_alone(somebody):
    kept = a_contact(name="Ander", email="ander@voorbeeld.invalid"), an_invitation(email="ander@voorbeeld.invalid")
    others = SheetChange.objects.count()
    erase_person(person=somebody, by=THE_SYSTEM, now=NOW)
    assert Contact.objects.filter(pk=kept[0].pk).exists()
    assert Invitation.objects.filter(pk=kept[1].pk).exists()
    assert SheetChange.objects.count() == others
