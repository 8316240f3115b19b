"""The audit trail: who reads which lines (access.md, row "audit trail"), searched, sorted, and as a file."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkracht.accounts.models import AuditEntry
from leerkracht.accounts.rules import DEVICE, THE_SYSTEM, Actor
from leerkracht.accounts.services import audit
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.config.queries.audit import acts_for
from leerkracht.organisations.models import Role
from leerkracht.organisations.tests.factories import (
    NOW,
    TODAY,
    a_governing_body,
    a_member,
    a_person,
    a_role,
    a_school,
    a_team,
)

pytestmark = pytest.mark.django_db
WHO = ["teacher", "coach", "leader", "expert", "change", "lead", "central", "researcher", "fund", "editor", "admin"]
# By hand from access.md: the lines that each reads besides one's own.
READS = {
    "teacher": set(),
    "coach": {"own school"},
    "leader": {"own school"},
    "expert": set(),
    "change": set(),
    "lead": {"own body"},
    "central": {"own school", "other school", "own body", "other body", "nowhere"},
    "researcher": set(),
    "fund": set(),
    "editor": set(),
    "admin": set(),
}


@pytest.fixture
def world():
    body, school = a_governing_body(), a_school()
    people = {
        "teacher": a_member(a_team(school)).person,
        "coach": a_role(Role.SCHOOL_COACH, school=school).person,
        "leader": a_role(Role.SCHOOL_LEADER, school=school).person,
        "expert": a_role(Role.EXPERT_COACH, school=school).person,
        "change": a_role(Role.CHANGE_COACH, governing_body=body).person,
        "lead": a_role(Role.GOVERNING_BODY_LEAD, governing_body=body).person,
        "central": a_role(Role.CENTRAL_TEAM).person,
        "researcher": a_role(Role.RESEARCHER).person,
        "fund": a_role(Role.FUND).person,
        "editor": a_role(Role.EDITOR).person,
        "admin": a_role(Role.ADMINISTRATOR).person,
    }
    somebody = a_person()
    places = {
        "own school": {"school": school},
        "other school": {"school": a_school()},
        "own body": {"governing_body": body},
        "other body": {"governing_body": a_governing_body()},
        "nowhere": {},
    }
    for act, place in places.items():
        audit.record(act=act, by=somebody, target=somebody, at=NOW, **place)
    for name, person in people.items():
        audit.record(act=f"own {name}", by=person, target=person, at=NOW)
    return people


@pytest.mark.parametrize("who", WHO)
def test_reader_sees_own_acts_and_those_of_the_own_place(world, who):
    seen = set(acts_for(world[who], TODAY).values_list("act", flat=True))
    own = {f"own {name}" for name in (WHO if who == "central" else [who])}
    assert seen == READS[who] | own


def test_right_ends_with_the_role(world):
    coach = world["coach"]
    coach.roles.update(to_date=TODAY)
    assert set(acts_for(coach, TODAY).values_list("act", flat=True)) == {"own coach"}


def test_page_shows_what_may_be_read_and_not_the_rest(client, world):
    page = sign_in(client, world["coach"]).get("/audit/").content.decode()
    assert "own school" in page
    assert "other school" not in page


def test_line_says_who_in_words_and_forgets_who_was_erased(client):
    school = a_school()
    coach, gone = a_role(Role.SCHOOL_COACH, school=school).person, a_person("Weg Gegaan")
    for by in (gone, Actor(DEVICE, "3"), THE_SYSTEM):
        audit.record(act="boards.x", by=by, target=school, school=school, at=NOW)
    page = sign_in(client, coach).get("/audit/").content.decode()
    assert all(word in page for word in ("Weg Gegaan", "bord", "systeem"))
    gone.erased_at = NOW
    gone.save()
    page = client.get("/audit/").content.decode()
    assert "Weg Gegaan" not in page
    assert "oud-collega" in page


def test_search_finds_words_names_and_schools(world):
    central = world["central"]
    school = a_school(name="De Regenboog")
    who = a_person("Zoë van Dam")
    audit.record(act="accounts.signed_out", by=who, target=who, school=school, at=NOW)
    for words in ("uitgelogd", "zoë", "regenboog", "Dam Uitgelogd"):
        assert [act.act for act in acts_for(central, TODAY, search=words)] == ["accounts.signed_out"]
    assert not acts_for(central, TODAY, search="komt niet voor").exists()


def test_order_is_newest_first_unless_asked_otherwise(world):
    person = world["teacher"]
    audit.record(act="later", by=person, target=person, at=NOW + timedelta(hours=1))
    assert [act.act for act in acts_for(person, TODAY)] == ["later", "own teacher"]
    assert [act.act for act in acts_for(person, TODAY, order="when")] == ["own teacher", "later"]
    assert [act.act for act in acts_for(person, TODAY, order="-what")] == ["own teacher", "later"]
    assert [act.act for act in acts_for(person, TODAY, order="drop table")] == ["later", "own teacher"]


def test_file_holds_the_same_lines_and_no_formulas(client, world):
    coach = world["coach"]
    coach.name = "=1+1"
    coach.save()
    response = sign_in(client, coach).get("/audit/?export=csv&q=%3D1%2B1")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    own, signed_in = sorted(lines[1:], key=lambda line: "Ingelogd" in line)
    assert (lines[0], own) == ("wanneer;wie;wat;waar", "2026-11-23 10:00:00;'=1+1;own coach;")
    assert signed_in.endswith(";'=1+1;Ingelogd;")


def test_each_export_stands_in_the_trail_by_the_name_of_the_list(client):
    central = a_role(Role.CENTRAL_TEAM).person
    sign_in(client, central).get("/audit/?export=xlsx")
    act = acts_for(central, TODAY).first()
    assert (act.act, act.target_kind, act.target_id) == ("accounts.list_exported", "list", "Wat is er gedaan")
    assert "Lijst gedownload: Wat is er gedaan" in client.get("/audit/").content.decode()


def test_page_costs_the_same_for_few_lines_and_for_many(client):
    school = a_school()
    sign_in(client, a_role(Role.SCHOOL_COACH, school=school).person)
    audit.record(act="x", by=a_person(), target=school, school=school, at=NOW)
    client.get("/audit/")
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/audit/")
        counts.append(len(asked))
        for _number in range(60):
            audit.record(act="x", by=a_person(), target=school, school=school, at=NOW)
    assert counts[0] == counts[1]
    assert "1 tot en met 50" in client.get("/audit/").content.decode()


def test_trail_keeps_ids_and_never_names():
    who = a_person("Samira de Vries")
    audit.record(act="x", by=who, target=who, at=NOW)
    line = AuditEntry.objects.values().get()
    assert "Samira" not in str(line)
    assert (line["actor_kind"], line["actor_id"], line["target_kind"]) == ("PERSON", str(who.pk), "accounts.person")


def test_actor_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="kind must be"):
        Actor("ROBOT")
