"""Each night goes what is over, once, and a line proves it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from leerkracht.accounts.models import AuditEntry, PersonMerge, PurgeLine
from leerkracht.accounts.queries import chain
from leerkracht.accounts.services import audit, purge
from leerkracht.accounts.services.sealing import seal_all
from leerkracht.config.checks import Level
from leerkracht.config.checks import purge as doctor
from leerkracht.core.models import KeptValue
from leerkracht.core.registry.retention import Rule, register_rules, rules
from leerkracht.organisations.models import (
    Handover,
    Invitation,
    Role,
    RoleAssignment,
    RosterImport,
    SheetImport,
    SheetRows,
    TeamMembership,
)
from leerkracht.organisations.tests.factories import (
    a_handover,
    a_member,
    a_person,
    a_role,
    a_roster_import,
    a_school,
    a_sheet_import,
    a_team,
    an_invitation,
)

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def a_task(ago, **fields):
    return DBTaskResult.objects.create(
        **{
            "args_kwargs": {"args": [], "kwargs": {}},
            "task_path": "x.y",
            "queue_name": "default",
            "backend_name": "default",
            "run_after": NOW,
            "priority": 0,
            "status": "SUCCESSFUL",
            "exception_class_path": "",
            "traceback": "",
            "finished_at": ago and NOW - ago,
        }
        | fields
    )


def over(ago):
    """One of everything that a rule lets go, so long ago; returns how to count what is still there."""
    at, day = NOW - ago, (NOW - ago).date()
    person = a_person()
    Session.objects.create(session_key=f"{ago.days:032d}", session_data="", expire_date=at)
    place = UserSession.objects.create(user=person, ip="127.0.0.1", session_key="gone" + str(ago.days), user_agent="")
    UserSession.objects.filter(pk=place.pk).update(last_seen_at=at)
    KeptValue.objects.create(cache_key=str(ago.days), value="", expires=at)
    a_task(ago)
    merge = {"kept": person, "gone": a_person(), "by": a_person()}
    PersonMerge.objects.create(**merge, at=at, moved={"accounts": [1]})
    a_member(a_team(), from_date=day - DAY, to_date=day)
    a_role(Role.SCHOOL_COACH, school=a_school(), from_date=day - DAY, to_date=day)
    an_invitation(created_at=at - DAY, expires_at=at)
    a_roster_import(school=a_school(), at=at, moved=[1])
    a_handover(day=day, moved=[1])
    sheet = a_sheet_import()
    SheetImport.objects.filter(pk=sheet.pk).update(state="APPLIED", applied_at=at)


def standing():
    return {
        "sessions": Session.objects.count(),
        "sign_ins": UserSession.objects.count(),
        "kept_values": KeptValue.objects.count(),
        "tasks": DBTaskResult.objects.count(),
        "merges": PersonMerge.objects.exclude(moved={}).count(),
        "memberships": TeamMembership.objects.count(),
        "roles": RoleAssignment.objects.count(),
        "invitations": Invitation.objects.count(),
        "rosters": RosterImport.objects.exclude(moved=[]).count(),
        "handovers": Handover.objects.exclude(moved=[]).count(),
        "uploads": SheetRows.objects.count(),
    }


def test_what_is_over_goes_and_what_is_not_stays():
    for ago in (timedelta(days=900), -2 * DAY):  # long over, and not yet
        over(ago)
    would = {each.rule: each.rows for each in purge.would_go(now=NOW)}
    purge.purge(now=NOW)
    assert standing() == dict.fromkeys(standing(), 1)
    assert {name: would[name] for name in standing()} == dict.fromkeys(standing(), 1)
    done = dict(PurgeLine.objects.values_list("rule", "removed"))
    assert done.keys() == {rule.name for rule in rules()}
    assert all(done[name] >= 1 for name in standing())


@pytest.mark.parametrize(
    ("rule", "days"),
    [("tasks", 7), ("invitations", 30), ("uploads", 30), ("merges", 31), ("memberships", 731), ("roles", 731)],
)
def test_it_stays_until_the_day_that_the_declaration_says(rule, days):
    over(timedelta(days=days - 1))
    purge.purge(now=NOW)
    assert standing()[rule] == 1
    purge.purge(now=NOW + 2 * DAY)
    assert standing()[rule] == 0


def test_it_is_done_once_a_day_however_many_workers():
    over(timedelta(days=900))
    first = purge.purge(now=NOW)
    over(timedelta(days=901))
    assert (len(first), purge.purge(now=NOW)) == (len(rules()), [])
    assert standing()["tasks"] == 1
    assert len(purge.purge(now=NOW + DAY)) == len(rules())


def test_by_day_it_waits_for_the_night():
    purge.purge(now=NOW)
    noon = NOW + timedelta(hours=10)
    assert purge.purge_nightly(now=noon) == []
    assert len(purge.purge_nightly(now=NOW + DAY)) == len(rules())


def test_old_lines_of_the_trail_are_emptied_and_the_chain_verifies():
    person = a_person()
    for ago in (timedelta(days=5 * 365 + 30), DAY):
        audit.record(act="accounts.profile_changed", by=person, target=person, at=NOW - ago)
    seal_all(now=NOW)
    purge.purge(now=NOW)
    seal_all(now=NOW)
    lines = AuditEntry.objects.filter(act="accounts.profile_changed").order_by("at")
    assert [line.target_id for line in lines] == ["", str(person.pk)]
    assert chain.look().broken == ()


def test_a_rule_that_fails_stops_no_other_and_leaves_no_line(monkeypatch):
    def broken(rows, now):
        raise ValueError("cannot")

    monkeypatch.setattr("leerkracht.core.registry.retention._rules", {rule.name: rule for rule in rules()})
    register_rules(Rule("broken", "Stuk", DAY, lambda before: KeptValue.objects.all(), broken))
    KeptValue.objects.create(cache_key="x", value="", expires=NOW + DAY)
    with pytest.raises(ExceptionGroup, match="some rules"):
        purge.purge(now=NOW)
    assert not PurgeLine.objects.filter(rule="broken").exists()
    assert PurgeLine.objects.count() == len(rules()) - 1
    assert KeptValue.objects.count() == 1


def test_a_dry_run_changes_nothing(capsys):
    over(timedelta(days=900))
    before = standing()
    call_command("privacy", "purge", "--dry-run", "--json")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["rule"] for line in told} == {rule.name for rule in rules()}
    assert (standing(), PurgeLine.objects.count()) == (before, 0)


def test_the_command_purges(capsys):
    a_task(timedelta(days=900))
    call_command("privacy", "purge")
    assert "tasks: 1 rows" in capsys.readouterr().out
    call_command("privacy", "purge")
    assert capsys.readouterr().out == "It was done today already.\n"


def test_doctor_says_when_nights_were_missed():
    assert [finding.level for finding in doctor.look()] == [Level.NOTE]
    purge.purge(now=NOW - timedelta(days=900))
    assert "last purge" in doctor.look()[0].text
    PurgeLine.objects.all().delete()
    call_command("privacy", "purge")
    assert [finding.level for finding in doctor.look()] == [Level.FINE]


def test_the_proof_is_searched_sorted_and_taken_along(client, monkeypatch):
    monkeypatch.setattr("leerkracht.accounts.middleware.needs_second_factor", lambda person: False)
    client.force_login(a_role(Role.CENTRAL_TEAM).person)
    assert "Hier komt wat er elke nacht weggaat" in client.get(reverse("purge")).content.decode()
    over(timedelta(days=900))
    purge.purge(now=NOW)
    lines = client.get(reverse("purge"), {"q": "uitnodigingen"}).context["lines"]
    assert [(line.rule, line.removed) for line, _said in lines] == [("invitations", 1)]
    sorted_lines = client.get(reverse("purge"), {"sort": "-removed"}).context["lines"]
    removed = [line.removed for line, _said in sorted_lines]
    assert removed == sorted(removed, reverse=True)
    file = client.get(reverse("purge"), {"export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert file[0] == "wanneer;wat;ouder dan;weg;milliseconden"
    assert len(file) == len(rules()) + 1
