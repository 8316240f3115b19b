"""The audit trail narrowed by period, act, person and place, and how it is sealed, on its page."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from leerkracht.accounts.models import AuditEntry
from leerkracht.accounts.queries.acts import acts_in_order
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services import audit, sealing
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.config.queries.audit import Within, acts_for, seal_state
from leerkracht.organisations.models import Role
from leerkracht.organisations.tests.factories import NOW, TODAY, a_governing_body, a_person, a_role, a_school
from tests.house.source import ROOT

pytestmark = pytest.mark.django_db
ACT = re.compile(r'"((?:accounts|boards|organisations)\.[a-z]+(?:_[a-z]+)+)"')


@pytest.fixture
def place(tmp_path, settings):
    settings.ANCHORS = (tmp_path / "anchor.jsonl",)
    return settings.ANCHORS[0]


@pytest.fixture
def central():
    """The central team, and three lines: who, where and on which day differ."""
    zoe, bo = a_person("Zoë van Dam"), a_person("Bo Pels")
    school, body = a_school(name="De Regenboog"), a_governing_body(name="Stichting Oost")
    audit.record(act="accounts.signed_out", by=zoe, target=zoe, at=NOW - timedelta(days=9))
    audit.record(act="accounts.profile_changed", by=bo, target=bo, school=school, at=NOW - timedelta(days=5))
    audit.record(act="accounts.signed_out", by=bo, target=bo, governing_body=body, at=NOW)
    return a_role(Role.CENTRAL_TEAM).person


def ages(person, **within):
    return [(NOW - line.at).days for line in acts_for(person, TODAY, within=Within(**within))]


def test_each_part_narrows_and_together_they_narrow_more(central):
    assert ages(central) == [0, 5, 9]
    assert ages(central, first=TODAY - timedelta(days=5)) == [0, 5]
    assert ages(central, last=TODAY - timedelta(days=5)) == [5, 9]
    assert ages(central, act="accounts.signed_out") == [0, 9]
    assert ages(central, who="zoë") == [9]
    assert ages(central, place="regen") == [5]
    assert ages(central, place="oost") == [0]
    assert ages(central, act="accounts.signed_out", who="Bo", first=TODAY) == [0]


def test_a_day_is_whole_where_people_live(central):
    day = TODAY - timedelta(days=30)
    for clock in (datetime(day.year, day.month, day.day, 0, 0), datetime(day.year, day.month, day.day, 23, 59)):
        audit.record(act="edge", by=THE_SYSTEM, target=central, at=timezone.make_aware(clock))
    assert acts_for(central, TODAY, within=Within(first=day, last=day)).count() == 2


def test_the_page_keeps_what_was_asked_and_the_file_holds_the_same(client, central):
    sign_in(client, central)
    page = client.get("/audit/?who=Zo%C3%AB&first=2020-01-01").content.decode()
    assert ("Zoë van Dam" in page, "Bo Pels" in page) == (True, False)
    assert '<input type="hidden" name="who" value="Zoë">' in page
    file = client.get("/audit/?who=Zo%C3%AB&export=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[1] for line in file[1:]] == ["Zoë van Dam"]


def test_a_wrong_answer_gets_a_message_and_narrows_nothing(client, central):
    sign_in(client, central)
    page = client.get("/audit/?first=2026-11-02&last=2026-11-01&act=niets").content.decode()
    assert "Kies een dag na de eerste." in page
    assert "Bo Pels" in page


def test_the_page_says_up_to_when_it_is_sealed_and_what_waits(client, central, place):
    sign_in(client, central)
    assert "Er is nog niets verzegeld." in client.get("/audit/").content.decode()
    sealing.seal_and_anchor(now=NOW)
    sealing.verify_daily(now=NOW)
    state = seal_state()
    assert (state.sealed_at, state.waiting, state.looked_at, state.holds) == (NOW, 2, NOW, True)
    page = client.get("/audit/").content.decode()
    assert "Verzegeld tot 23 november 2026, 10.00" in page
    assert "klopt" in page


def test_the_page_says_when_something_is_not_as_it_was_sealed(client, central, place):
    sealing.seal_and_anchor(now=NOW)
    AuditEntry.objects.filter(act="accounts.profile_changed").update(actor_id="1")
    sealing.verify_daily(now=NOW)
    assert "Er klopt iets niet" in sign_in(client, central).get("/audit/").content.decode()


def test_the_page_says_when_a_backup_was_put_back(client, central, place):
    sealing.accept_restore(why="schijf kapot", by=THE_SYSTEM, now=NOW)
    assert "is een reservekopie teruggezet" in sign_in(client, central).get("/audit/").content.decode()


def test_a_look_at_one_person_says_at_whom(client, central):
    zoe = a_person("Zoë Kruid")
    audit.record(act="accounts.people_shown", by=central, target=zoe, at=NOW)
    audit.record(act="accounts.people_shown", by=central, target=("page", "Team"), at=NOW)
    page = sign_in(client, central).get("/audit/?act=accounts.people_shown").content.decode()
    assert "Persoonsgegevens bekeken: Zoë Kruid" in page
    assert "Persoonsgegevens bekeken: Team" in page


def test_every_act_that_is_written_has_words():
    used = {
        act
        for path in (ROOT / "src" / "leerkracht").rglob("*.py")
        if not {"tests", "fault"} & set(path.parts)
        for act in ACT.findall(path.read_text())
    }
    assert len(used) > 40
    assert used - {act for act, _words in acts_in_order()} == set()
