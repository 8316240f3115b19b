"""A coach leaves: the places go to others on one day, and back again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leerkracht.accounts.models import AuditEntry
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.core.registry.journal import ChangedSince
from leerkracht.organisations.models import Handover, Role, RoleAssignment
from leerkracht.organisations.queries.roles import hats_of
from leerkracht.organisations.rules.handover import HandoverRefused
from leerkracht.organisations.services.handover import hand_over, undo_handover

from .factories import LONG_AGO, NOW, TODAY, a_governing_body, a_person, a_role, a_school

SOON = TODAY + timedelta(days=30)


@pytest.fixture
def central(db):
    return a_role(Role.CENTRAL_TEAM).person


@pytest.fixture
def giver(db):
    person = a_person("Els Vertrekt")
    for name in ("De Regenboog", "De Linde"):
        a_role(Role.EXPERT_COACH, person, school=a_school(name=name))
    a_role(Role.CHANGE_COACH, person, governing_body=a_governing_body(name="Ons Bestuur"))
    return person


@pytest.fixture
def receiver(db):
    return a_role(Role.EXPERT_COACH, a_person("Bram Blijft"), school=a_school(name="De Eik")).person


def handed_over(giver, receiver, by, day=SOON):
    rows = RoleAssignment.objects.filter(person=giver)
    return hand_over(giver=giver, receivers=dict.fromkeys((r.pk for r in rows), receiver), day=day, by=by, now=NOW)


def held(person, on):
    return sorted(hat.label for hat in hats_of(person, on))


def roles():
    return list(RoleAssignment.objects.order_by("pk").values())


def test_roles_end_on_the_day_and_begin_that_same_day(central, giver, receiver):
    done = handed_over(giver, receiver, central)
    assert done.places == 3
    assert {row.to_date for row in RoleAssignment.objects.filter(person=giver)} == {SOON}
    new = RoleAssignment.objects.filter(person=receiver, from_date=SOON)
    assert sorted(new.values_list("role", "to_date")) == [
        ("CHANGE_COACH", None),
        ("EXPERT_COACH", None),
        ("EXPERT_COACH", None),
    ]
    assert (held(giver, SOON - timedelta(days=1)), held(giver, SOON)) == (["expertcoach", "verandercoach"], [])
    assert held(receiver, SOON) == ["expertcoach", "verandercoach"]


def test_each_place_may_go_to_somebody_else_and_a_place_may_stay(central, giver, receiver):
    other = a_role(Role.EXPERT_COACH, a_person("Cas"), school=a_school()).person
    first, second, third = RoleAssignment.objects.filter(person=giver).order_by("pk")
    receivers = {first.pk: receiver, second.pk: other, third.pk: giver}
    assert hand_over(giver=giver, receivers=receivers, day=SOON, by=central, now=NOW).places == 2
    assert RoleAssignment.objects.get(school=first.school_id, to_date=None).person == receiver
    assert RoleAssignment.objects.get(school=second.school_id, to_date=None).person == other
    assert RoleAssignment.objects.get(governing_body=third.governing_body_id).to_date is None


def test_who_coaches_there_already_keeps_the_role_as_it_is(central, giver, receiver):
    school = RoleAssignment.objects.filter(person=giver).first().school
    known = a_role(Role.EXPERT_COACH, receiver, school=school)
    handed_over(giver, receiver, central)
    rows = RoleAssignment.objects.filter(person=receiver, school=school)
    assert list(rows.values_list("pk", "from_date", "to_date")) == [(known.pk, LONG_AGO, None)]


def test_a_role_that_was_to_begin_later_begins_on_the_day(central, giver, receiver):
    school = RoleAssignment.objects.filter(person=giver).first().school
    a_role(Role.EXPERT_COACH, receiver, school=school, from_date=SOON + timedelta(days=60))
    handed_over(giver, receiver, central)
    assert RoleAssignment.objects.get(person=receiver, school=school).from_date == SOON


def test_undo_puts_every_role_back_and_both_ways_stand_in_the_trail(central, giver, receiver):
    before = roles()
    done = handed_over(giver, receiver, central)
    assert roles() != before
    undo_handover(handover=Handover.objects.get(), by=central, now=NOW)
    assert roles() == before
    acts = AuditEntry.objects.filter(target_kind="accounts.person").order_by("pk").values_list("act", "target_id")
    assert list(acts) == [
        ("organisations.portfolio_handed_over", str(giver.pk)),
        ("organisations.handover_undone", str(giver.pk)),
    ]
    with pytest.raises(HandoverRefused, match="al teruggedraaid"):
        undo_handover(handover=done, by=central, now=NOW)


@pytest.mark.parametrize("whose", ["giver", "receiver"])
def test_undo_refuses_where_a_role_changed_since(central, giver, receiver, whose):
    done = handed_over(giver, receiver, central)
    person = {"giver": giver, "receiver": receiver}[whose]
    RoleAssignment.objects.filter(person=person, role=Role.CHANGE_COACH).update(to_date=SOON + timedelta(days=5))
    now = roles()
    with pytest.raises(ChangedSince):
        undo_handover(handover=done, by=central, now=NOW)
    assert roles() == now


@pytest.mark.parametrize(("days", "words"), [(-1, "al voorbij"), (400, "meer dan een jaar"), (0, None), (366, None)])
def test_the_day_is_today_or_within_a_year(central, giver, receiver, days, words):
    if words is None:
        assert handed_over(giver, receiver, central, TODAY + timedelta(days=days)).places == 3
    else:
        with pytest.raises(HandoverRefused, match=words):
            handed_over(giver, receiver, central, TODAY + timedelta(days=days))


def test_nothing_that_goes_over_is_refused(central, giver):
    with pytest.raises(HandoverRefused, match="Er gaat geen plek over"):
        handed_over(giver, giver, central)


def test_the_page_hands_over_and_takes_back(client, central, giver, receiver):
    sign_in(client, central)
    page = reverse("organisations:portfolio", args=[giver.pk])
    first = RoleAssignment.objects.filter(person=giver).first()
    day = (TODAY + timedelta(days=90)).isoformat()
    assert client.post(page, {"day": day}).status_code == 422
    assert client.post(page, {"day": day, "to": receiver.pk, f"place_{first.pk}": "stays"}).status_code == 302
    done = Handover.objects.get()
    assert done.places == 2
    assert "De plekken van Els Vertrekt" in client.get(page).content.decode()
    assert client.post(reverse("organisations:handover-undo", args=[done.pk])).status_code == 302
    assert RoleAssignment.objects.filter(person=giver, to_date=None).count() == 3


def test_the_lists_come_as_a_file(client, central, giver, receiver):
    sign_in(client, central)
    coaches = client.get(reverse("organisations:portfolios"), {"export": "csv", "sort": "-places"}).content.decode()
    assert [line.split(";")[::2] for line in coaches.splitlines()[1:]] == [["Els Vertrekt", "3"], ["Bram Blijft", "1"]]
    places = client.get(reverse("organisations:portfolio", args=[giver.pk]), {"export": "csv"}).content.decode()
    assert [line.split(";")[0] for line in places.splitlines()[1:]] == ["De Linde", "De Regenboog", "Ons Bestuur"]


def test_the_pages_cost_the_same_for_few_places_and_many(client, central, giver, receiver):
    sign_in(client, central)
    pages = [reverse("organisations:portfolios"), reverse("organisations:portfolio", args=[giver.pk])]
    counts = []
    for _round in range(2):
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            counts.append(len(asked))
        for _number in range(3):
            a_role(Role.EXPERT_COACH, giver, school=a_school())
            a_role(Role.EXPERT_COACH, a_person(), school=a_school())
    assert counts[:2] == counts[2:]
