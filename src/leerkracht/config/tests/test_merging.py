"""Two persons who are the same colleague: what moves, who may do it, and back again."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models
from django.urls import reverse

from leerkracht.accounts.models import AuditEntry, Person, PersonMerge
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services.people import change_profile, make_person
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.boards.models import Action, Attendance, BoardReader, Note, Operation
from leerkracht.boards.queries import history, records
from leerkracht.boards.queries import state as states
from leerkracht.boards.rules.operations import PAYLOADS
from leerkracht.boards.tests.factories import a_board, an_operation, do, section_of
from leerkracht.core.registry.journal import ChangedSince
from leerkracht.core.registry.people import left_alone, movers
from leerkracht.organisations.models import Role, RoleAssignment, TeamMembership
from leerkracht.organisations.rules.merging import MergeRefused
from leerkracht.organisations.services.merging import Choice, merge_people, undo_merge
from leerkracht.organisations.tests.factories import a_member, a_person, a_role, a_school, a_team, an_invitation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
SOON = TODAY + timedelta(days=3)


@pytest.fixture
def central(db):
    return a_role(Role.CENTRAL_TEAM, a_person("Cor Centraal")).person


@pytest.fixture
def team(db):
    return a_team()


@pytest.fixture
def kept(team):
    person = make_person(email="mila@school.example", name="Mila Jansen", by=THE_SYSTEM, now=NOW)
    return a_member(team, person, work_days=0b00011).person


@pytest.fixture
def gone(team):
    person = make_person(email="m.jansen@bestuur.example", name="M. Jansen", by=THE_SYSTEM, now=NOW)
    return a_member(team, person, work_days=0b01100, from_date=date(2024, 8, 1)).person


@pytest.fixture
def board(team):
    return a_board(team)


def merged(kept, gone, by, *, now=NOW, **choice):
    asked = Choice(**{"name": kept.name, "email": kept.email} | choice)
    return merge_people(kept=kept, gone=gone, choice=asked, by=by, now=now)


def an_action(board, owner, text="Strook voordoen"):
    key = uuid4()
    result = do(board, owner, an_operation("action.add", id=key, text=text, owner=owner.pk, due_date=SOON), now=NOW)
    assert result[0].status == "APPLIED"
    return key


def test_memberships_that_overlap_become_one_with_the_days_of_both(central, team, kept, gone):
    merged(kept, gone, central)
    row = TeamMembership.objects.get(team=team)
    assert (row.person, row.from_date, row.to_date, row.work_days) == (kept, date(2024, 8, 1), None, 0b01111)


def test_what_does_not_overlap_stays_two_periods(central, kept, gone):
    other = a_team()
    a_member(other, kept, from_date=date(2024, 8, 1), to_date=date(2025, 8, 1))
    a_member(other, gone, from_date=date(2026, 1, 1))
    merged(kept, gone, central)
    rows = TeamMembership.objects.filter(team=other, person=kept).order_by("from_date")
    assert [row.to_date for row in rows] == [date(2025, 8, 1), None]


def test_roles_invitations_and_reading_along_move(central, kept, gone, board):
    school = a_school()
    for person in (kept, gone):
        a_role(Role.SCHOOL_COACH, person, school=school)
        BoardReader.objects.create(board=board, person=person, from_date=TODAY)
    a_role(Role.SCHOOL_LEADER, gone, school=school)
    invitation = an_invitation(created_by=gone)
    merged(kept, gone, central)
    invitation.refresh_from_db()
    assert sorted(RoleAssignment.objects.filter(person=kept).values_list("role", flat=True)) == [
        "SCHOOL_COACH",
        "SCHOOL_LEADER",
    ]
    assert invitation.created_by == kept
    assert BoardReader.objects.get(board=board).person == kept


def test_a_running_board_knows_the_one_person_without_a_restart(central, board, kept, gone):
    action = an_action(board, gone)
    board.refresh_from_db()
    assert states.state_of(board).action[action].owner == gone.pk
    merged(kept, gone, central)
    board.refresh_from_db()
    assert states.state_of(board).action[action].owner == kept.pk
    assert Action.objects.get(pk=action).owner == kept


def test_the_log_adds_up_to_what_hangs_there(central, board, kept, gone):
    action = an_action(board, gone)
    before = list(Operation.objects.filter(board=board).values_list("pk", "digest"))
    merge = merged(kept, gone, central)
    assert history.state_on(board, TODAY).action[action].owner == kept.pk
    assert list(
        Operation.objects.filter(pk__in=[pk for pk, _ in before]).order_by("seq").values_list("pk", "digest")
    ) == (before)
    line = Operation.objects.get(board=board, kind="person.move")
    assert [change.set["owner"] for change in states.changes_of(line)] == [kept.pk]
    undo_merge(merge=merge, by=central, now=NOW)
    board.refresh_from_db()
    assert states.state_of(board).action[action].owner == gone.pk


def test_a_device_that_was_away_may_still_name_the_old_person(central, board, kept, gone):
    merged(kept, gone, central)
    key = uuid4()
    asked = an_operation("action.add", id=key, text="Van een tablet zonder netwerk", owner=gone.pk, due_date=SOON)
    assert do(board, kept, asked, now=NOW)[0].status == "APPLIED"
    assert Action.objects.get(pk=key).owner == kept
    start = an_operation("session.start", id=uuid4(), leader=gone.pk, present=(gone.pk, kept.pk))
    assert do(board, kept, start, now=NOW)[0].status == "APPLIED"
    assert list(Attendance.objects.values_list("person", flat=True)) == [kept.pk]
    stranger = an_operation("action.edit", id=key, owner=a_person().pk)
    assert do(board, kept, stranger, now=NOW)[0].status == "REFUSED"


def test_what_the_old_person_did_can_still_be_taken_back(central, board, kept, gone):
    key = an_action(board, kept)
    give = an_operation("action.edit", id=key, owner=gone.pk)
    do(board, kept, give, now=NOW)
    take = an_operation("action.edit", id=key, text="Anders")
    merged(kept, gone, central)
    assert do(board, kept, take, now=NOW)[0].status == "APPLIED"
    assert do(board, kept, an_operation("undo", operation=take.id), now=NOW)[0].status == "APPLIED"
    assert do(board, kept, an_operation("undo", operation=give.id), now=NOW)[0].status == "APPLIED"
    assert Action.objects.get(pk=key).owner == kept


def test_nobody_may_ask_the_move_over_the_wire(board, kept, gone):
    assert "person.move" not in PAYLOADS


def test_who_stood_there_twice_was_there_once(central, board, kept, gone):
    session = uuid4()
    do(board, kept, an_operation("session.start", id=session, present=(kept.pk, gone.pk), leader=gone.pk), now=NOW)
    do(board, kept, an_operation("session.close", id=session), now=NOW + timedelta(minutes=15))
    merged(kept, gone, central)
    told = records.record_for(board, session)
    assert told.record.present == (kept.pk,)
    assert told.sittings[0]["names"] == ["Mila Jansen"]
    assert told.sittings[0]["leader"] == "Mila Jansen"
    assert told.missing == ()
    assert records.sessions_of(board).get().present == 1


def test_a_running_session_goes_on_with_the_one_person(central, board, kept, gone):
    session = uuid4()
    do(board, kept, an_operation("session.start", id=session, present=(gone.pk,)), now=NOW)
    merged(kept, gone, central)
    away = an_operation("session.present", id=session, person=kept.pk, is_present=False)
    assert do(board, kept, away, now=NOW)[0].status == "APPLIED"
    assert list(Attendance.objects.values_list("person", "is_present")) == [(kept.pk, False)]


def test_the_old_id_goes_by_the_one_name_also_after_it_changes(central, board, kept, gone):
    an_action(board, gone)
    merged(kept, gone, central, name="M. Jansen")
    kept.refresh_from_db()
    change_profile(person=kept, name="Mila Smit", language="nl", now=NOW)
    lines = [line.who for week in history.weeks_of(board, final=frozenset(), now=NOW) for line in week.lines]
    assert lines == ["Cor Centraal", "Mila Smit"]


def test_who_went_can_no_longer_sign_in_and_the_other_address_can(client, central, kept, gone):
    sign_in(client, gone)
    Authenticator.objects.create(user=gone, type=Authenticator.Type.TOTP, data={})
    merged(kept, gone, central)
    gone.refresh_from_db()
    assert client.get(reverse("organisations:schools")).status_code == 302
    assert (gone.is_active, gone.merged_into) == (False, kept)
    assert not UserSession.objects.filter(user=gone).exists()
    assert not Authenticator.objects.filter(user=kept).exists()
    rows = EmailAddress.objects.filter(user=kept).order_by("email").values_list("email", "primary", "verified")
    assert list(rows) == [("m.jansen@bestuur.example", False, True), ("mila@school.example", True, True)]


def test_the_other_address_is_let_go_where_that_is_chosen(central, kept, gone):
    merged(kept, gone, central, email=gone.email, keeps_other_address=False)
    kept.refresh_from_db()
    assert kept.email == "m.jansen@bestuur.example"
    assert list(EmailAddress.objects.values_list("email", "user", "primary")) == [(kept.email, kept.pk, True)]


def test_a_merge_into_who_was_merged_before_leads_to_the_last(central, kept, gone):
    third = a_person("Mila J.")
    merged(kept, gone, central)
    kept.refresh_from_db()
    merged(third, kept, central)
    gone.refresh_from_db()
    assert (gone.merged_into, gone.name) == (third, "Mila J.")


def everything(*people):
    """Every row that points at one of them, as it is."""
    ids = [person.pk for person in people]
    found = {}
    for name in sorted(field for mover in movers().values() for field in mover.fields):
        label, _, column = name.rpartition(".")
        rows = apps.get_model(label)._base_manager.filter(**{f"{column}__in": ids}).order_by("pk")
        found[name] = list(rows.values())
    return found | {"people": list(Person.objects.filter(pk__in=ids).order_by("pk").values())}


def test_undo_puts_everything_back_as_it_was(central, team, board, kept, gone):
    school, session = a_school(), uuid4()
    a_role(Role.SCHOOL_COACH, kept, school=school)
    a_role(Role.SCHOOL_COACH, gone, school=school, from_date=date(2024, 8, 1))
    an_invitation(created_by=gone)
    an_action(board, gone)
    note = an_operation("note.add", id=uuid4(), section=section_of(board, "HELP"), text="Wie?", person=gone.pk)
    do(board, gone, note, now=NOW)
    do(board, kept, an_operation("session.start", id=session, present=(kept.pk, gone.pk), leader=gone.pk), now=NOW)
    before = everything(kept, gone)
    merge = merged(kept, gone, central, name="M. Jansen", email=gone.email, keeps_other_address=False)
    assert everything(kept, gone) != before
    undo_merge(merge=PersonMerge.objects.get(), by=central, now=NOW + timedelta(days=30))
    assert everything(kept, gone) == before
    acts = AuditEntry.objects.filter(act__startswith="organisations.", target_kind="accounts.person").order_by("pk")
    assert list(acts.values_list("act", "target_id")) == [
        (act, str(person.pk))
        for act in ("organisations.people_merged", "organisations.merge_undone")
        for person in (kept, gone)
    ]
    assert Note.objects.get(text="Wie?").person == gone
    assert merge.undone_at is None


@pytest.mark.parametrize("what", ["owner", "membership", "name"])
def test_undo_refuses_in_words_where_something_changed_since(central, team, board, kept, gone, what):
    action = an_action(board, gone)
    merge = merged(kept, gone, central)
    if what == "owner":
        other = a_member(team).person
        do(board, kept, an_operation("action.edit", id=action, owner=other.pk), now=NOW)
    elif what == "membership":
        TeamMembership.objects.filter(person=kept).update(to_date=TODAY)
    else:
        kept.refresh_from_db()
        change_profile(person=kept, name="Mila Smit", language="nl", now=NOW)
    with pytest.raises(ChangedSince, match="Er is sindsdien iets gewijzigd"):
        undo_merge(merge=merge, by=central, now=NOW)
    gone.refresh_from_db()
    assert gone.merged_into == kept


def test_undo_refuses_after_thirty_days_and_a_second_time(central, kept, gone):
    merge = merged(kept, gone, central)
    with pytest.raises(MergeRefused, match="dertig dagen"):
        undo_merge(merge=merge, by=central, now=NOW + timedelta(days=31))
    undo_merge(merge=merge, by=central, now=NOW)
    with pytest.raises(MergeRefused, match="al teruggedraaid"):
        undo_merge(merge=merge, by=central, now=NOW)


def test_nobody_merges_who_has_more_rights_than_they_may_hand_out(central, kept, gone):
    a_role(Role.ADMINISTRATOR, gone, from_date=TODAY + timedelta(days=10))
    with pytest.raises(MergeRefused, match="beheerder"):
        merged(kept, gone, central)
    administrator = a_role(Role.ADMINISTRATOR).person
    with pytest.raises(MergeRefused, match="leraar"):
        merged(kept, gone, administrator)
    RoleAssignment.objects.filter(person=gone).delete()
    assert merged(kept, gone, central).kept == kept


def test_an_administrator_merges_the_central_team(db):
    administrator, twice = a_role(Role.ADMINISTRATOR).person, a_person("Cor Twee")
    merged(a_role(Role.CENTRAL_TEAM).person, twice, administrator)
    twice.refresh_from_db()
    assert not twice.is_active


def test_never_oneself_nor_an_erased_nor_a_merged_one_nor_one_with_oneself(central, kept, gone):
    erased = a_person(erased_at=NOW)
    for first, second, code in (
        (kept, central, "own"),
        (central, kept, "own"),
        (kept, erased, "erased"),
        (kept, kept, "same"),
    ):
        with pytest.raises(MergeRefused) as refused:
            merged(first, second, central)
        assert refused.value.code == code
    merged(kept, gone, central)
    with pytest.raises(MergeRefused, match="al samengevoegd"):
        merged(kept, gone, central)


def test_a_choice_is_of_one_of_the_two(central, kept, gone):
    with pytest.raises(MergeRefused, match="Kies een naam"):
        merged(kept, gone, central, email="iemand@anders.example")


# What points at a person by a foreign key, or carries an id of anybody in a plain column.
CARRIERS = ("actor_id", "target_id", "person_id", "tapped")


def pointers():
    """Every column that points at a person, or may hold an id of one, as ``app.Model.field``."""
    found = set()
    for model in apps.get_models():
        ours = model.__module__.startswith("leerkracht.")
        for field in model._meta.get_fields():
            if field.auto_created and not field.concrete:
                continue
            points = field.is_relation and field.related_model is Person
            carries = (
                ours
                and not field.is_relation
                and (field.name in CARRIERS or isinstance(field, models.JSONField | models.BinaryField))
            )
            if points or carries:
                found.add(f"{model._meta.app_label}.{model.__name__}.{field.name}")
    return found


def test_whatever_points_at_a_person_moves_or_says_why_it_stays():
    moved = {name for mover in movers().values() for name in mover.fields}
    assert pointers() - moved - left_alone().keys() == set()
    assert moved & left_alone().keys() == set()
    assert moved - pointers() == set()
    assert all(len(reason) > 10 for reason in left_alone().values())


def test_after_a_merge_no_row_points_at_who_went_but_those_that_say_why(central, board, kept, gone):
    an_action(board, gone)
    an_invitation(created_by=gone)
    merged(kept, gone, central)
    moved = {name for mover in movers().values() for name in mover.fields}
    for name in sorted(moved - {"accounts.Person.merged_into"}):
        label, _, column = name.rpartition(".")
        assert not apps.get_model(label)._base_manager.filter(**{column: gone.pk}).exists(), name
