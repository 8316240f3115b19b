"""The trail is sealed in batches, what was said can be forgotten, and every other change shows."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from leerkracht.accounts.models import AuditEntry, Seal
from leerkracht.accounts.queries import anchor as anchors
from leerkracht.accounts.queries import chain
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.rules.trail import is_look_due
from leerkracht.accounts.services import anchor, audit, sealing
from leerkracht.core.registry.streams import streams

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path, settings):
    """An anchor of this test alone."""
    settings.ANCHORS = (tmp_path / "anchor.jsonl",)
    anchor.extend(settings.ANCHORS[0], number=0, digest=b"", at=NOW)
    return settings.ANCHORS[0]


def lines(count, first=1):
    for number in range(first, first + count):
        audit.record(act="accounts.signed_in", by=THE_SYSTEM, target=("accounts.person", str(number)), at=NOW)


def found():
    return [one.what for one in chain.look().broken]


def test_every_row_gets_a_seal_and_each_seal_covers_the_one_before(place):
    lines(5)
    made = sealing.seal_all(now=NOW, batch=2)
    assert [(seal.number, seal.stream, seal.count) for seal in made] == [
        (1, "audit", 2),
        (2, "audit", 2),
        (3, "audit", 1),
    ]
    assert list(AuditEntry.objects.order_by("pk").values_list("seal", flat=True)) == [1, 1, 2, 2, 3]
    verdict = chain.verify(anchored=None)
    assert (verdict.holds, verdict.seals, verdict.rows) == (True, 3, 5)


def test_nothing_new_makes_no_seal(place, django_assert_num_queries):
    lines(1)
    sealing.seal_and_anchor(now=NOW)
    with django_assert_num_queries(len(streams())):
        assert sealing.seal_all(now=NOW) == []


def test_a_row_from_before_there_were_seals_is_sealed_as_it_stands(place):
    AuditEntry.objects.create(at=NOW, actor_kind="SYSTEM", actor_id="", act="x", target_kind="y", target_id="1")
    sealing.seal_and_anchor(now=NOW)
    assert found() == []
    AuditEntry.objects.update(target_id="2")
    assert found() == ["this row was changed"]


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (lambda: AuditEntry.objects.filter(target_id="2").update(act="other"), "a row was changed or exchanged"),
        (lambda: AuditEntry.objects.filter(target_id="2").update(target_id="9"), "this row was changed"),
        (lambda: AuditEntry.objects.filter(target_id="2").delete(), "1 rows instead of 2: deleted or moved"),
        (lambda: AuditEntry.objects.filter(target_id="2").update(seal=2), "1 rows instead of 2: deleted or moved"),
        (lambda: AuditEntry.objects.filter(target_id="2").update(seal=None), "1 rows instead of 2: deleted or moved"),
        (
            lambda: lines(1) or AuditEntry.objects.filter(seal=None).update(seal=1),
            "3 rows instead of 2: inserted or moved",
        ),
        (
            lambda: Seal.objects.filter(pk=2).update(at=NOW + timedelta(1)),
            "the seal itself was changed, or the one before it",
        ),
    ],
)
def test_what_was_sealed_cannot_change_unseen(place, harm, what):
    lines(4)
    sealing.seal_all(now=NOW, batch=2)
    sealing.seal_and_anchor(now=NOW)
    assert found() == []
    harm()
    assert found()[0] == what


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no such value in this column")
@pytest.mark.parametrize("value", ["1.5", "'word'", "x'00'"])
def test_what_cannot_even_be_read_shows_too(place, value):
    lines(3)
    sealing.seal_and_anchor(now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_auditentry SET school_id = {value} WHERE target_id = '2'")
    assert len(found()) == 1


def test_a_cut_tail_shows_by_the_anchor_alone(place):
    lines(2)
    sealing.seal_and_anchor(now=NOW)
    lines(2)
    sealing.seal_and_anchor(now=NOW)
    AuditEntry.objects.filter(seal=2).delete()
    Seal.objects.filter(pk=2).delete()
    assert chain.verify(anchored=None).holds
    assert found() == ["the tail is cut: the anchor knows seals up to 2, the database ends at 1"]
    lines(3)
    sealing.seal_and_anchor(now=NOW)  # goes on, and the anchor stays as it is
    assert found() == ["not the seal that the anchor knows"]


def test_an_anchor_is_begun_once_and_its_loss_shows(place):
    place.unlink()
    lines(1)
    assert found() == []
    sealing.seal_and_anchor(now=NOW)
    assert (place.exists(), found()) == (True, [])
    place.unlink()
    lines(1)
    sealing.seal_and_anchor(now=NOW)
    assert not place.exists()
    assert found() == ["the anchor is gone, so nobody can tell whether the tail was cut"]


def test_a_backup_that_was_put_back_is_accepted_with_a_reason(place):
    lines(2)
    sealing.seal_and_anchor(now=NOW)
    lines(2)
    sealing.seal_and_anchor(now=NOW)
    AuditEntry.objects.filter(seal=2).delete()
    Seal.objects.filter(pk=2).delete()
    lines(1)
    sealing.seal_and_anchor(now=NOW)
    assert sealing.is_cut()
    assert sealing.accept_restore(why="schijf kapot", by=THE_SYSTEM, now=NOW) == 1
    sealing.seal_and_anchor(now=NOW)
    assert (found(), sealing.is_cut()) == ([], False)
    assert anchors.known().restores == (f"{NOW.isoformat()}: schijf kapot",)
    assert AuditEntry.objects.filter(act="accounts.restore_accepted", target_id="1").count() == 1


def test_accepting_lets_go_of_everything_that_the_anchor_knew_otherwise(place):
    for _round in range(3):
        lines(1)
        sealing.seal_and_anchor(now=NOW)
    anchor.extend(place, number=2, digest=b"x" * 32, at=NOW)
    assert found() == ["not the seal that the anchor knows"]
    assert sealing.accept_restore(why="anker hersteld", by=THE_SYSTEM, now=NOW) == 1
    assert (found(), anchors.known().last) == ([], 3)


def test_what_a_row_said_can_be_forgotten_and_the_chain_verifies(place):
    lines(3)
    sealing.seal_and_anchor(now=NOW)
    lines(1, first=4)  # not sealed yet
    keys = AuditEntry.objects.exclude(target_id="2").values_list("pk", flat=True)
    assert sealing.forget_content(stream=audit.STREAM, keys=keys, by=THE_SYSTEM, now=NOW) == 3
    assert sealing.forget_content(stream=audit.STREAM, keys=keys, by=THE_SYSTEM, now=NOW) == 0
    sealing.seal_and_anchor(now=NOW)
    assert found() == []
    rows = AuditEntry.objects.order_by("pk").values_list("act", "target_id")
    told = [("accounts.content_forgotten", "1 2"), ("accounts.content_forgotten", "2 1")]
    assert list(rows) == [(("accounts.signed_in"), one) for one in ("", "2", "", "")] + told


def test_a_row_emptied_without_a_word_shows(place):
    lines(3)
    sealing.seal_and_anchor(now=NOW)
    AuditEntry.objects.filter(target_id="1").update(**audit.STREAM.emptied, salt=b"")
    assert found() == ["rows were emptied that the trail does not tell of"]


def test_lines_that_explain_what_is_missing_are_never_emptied(place):
    lines(1)
    sealing.forget_content(stream=audit.STREAM, keys=[AuditEntry.objects.get().pk], by=THE_SYSTEM, now=NOW)
    keys = AuditEntry.objects.values_list("pk", flat=True)
    assert sealing.forget_content(stream=audit.STREAM, keys=keys, by=THE_SYSTEM, now=NOW) == 0


def test_two_anchors_say_the_same_or_it_shows(place, tmp_path, settings):
    settings.ANCHORS = (place, tmp_path / "elsewhere" / "copy.jsonl")
    lines(1)
    sealing.seal_and_anchor(now=NOW)
    assert place.read_text().splitlines()[1:] == settings.ANCHORS[1].read_text().splitlines()
    anchor.extend(place, number=1, digest=b"x" * 32, at=NOW)
    assert found() == ["the two anchors know another digest of this seal"]


def test_a_line_that_power_cut_off_costs_only_itself(place):
    lines(1)
    sealing.seal_and_anchor(now=NOW)
    with place.open("a") as file:
        file.write('{"seal": 7, "dig')
    lines(1)
    sealing.seal_and_anchor(now=NOW)
    known = anchors.known()
    assert (known.last, known.torn, found()) == (2, 1, [])
    assert json.loads(place.read_text().splitlines()[-1])["seal"] == 2


def test_rows_that_wait_are_counted_with_the_oldest_moment(place):
    lines(2)
    assert chain.waiting() == chain.Waiting(2, NOW)
    sealing.seal_all(now=NOW)
    assert chain.waiting() == chain.Waiting(0, None)


def test_the_newest_part_can_be_looked_at_alone(place):
    lines(6)
    sealing.seal_all(now=NOW, batch=2)
    sealing.accept_restore(why="begin", by=THE_SYSTEM, now=NOW)
    assert (chain.first_of_newest(100), chain.first_of_newest(5), chain.first_of_newest(1)) == (1, 2, 3)
    AuditEntry.objects.filter(target_id="1").update(act="other")
    assert (chain.look(first=2).holds, chain.look(first=2).rows, chain.look().holds) == (True, 4, False)


def test_every_column_of_a_sealed_log_is_covered():
    for stream in streams().values():
        columns = {field.attname for field in stream.model._meta.concrete_fields}
        assert columns == {*stream.header, *stream.emptied, "salt", "digest", "seal_id"}, stream.name


@pytest.mark.parametrize(
    ("hours", "clock", "is_due"),
    [(0, 3, False), (19, 3, False), (20, 3, True), (24, 3, True), (24, 14, False), (35, 14, False), (36, 14, True)],
)
def test_everything_is_looked_at_by_night_unless_nights_were_missed(hours, clock, is_due):
    now = NOW.replace(hour=clock)
    assert is_look_due(now - timedelta(hours=hours), now) == is_due
    assert is_look_due(None, now)


def test_everything_is_looked_at_once_a_day_and_the_trail_says_how_it_stood(place):
    lines(2)
    sealing.seal_and_anchor(now=NOW)
    assert [sealing.verify_daily(now=NOW + timedelta(hours=hours)) for hours in (0, 10, 18)] == [True, False, False]
    assert sealing.verify_daily(now=NOW + timedelta(hours=36))
    AuditEntry.objects.filter(act="accounts.signed_in").update(act="other")
    sealing.verify_daily(now=NOW + timedelta(hours=72))
    acts = AuditEntry.objects.filter(act__startswith="accounts.chain").order_by("at").values_list("act", "target_id")
    verified = ("accounts.chain_verified", "1")
    assert list(acts) == [verified, verified, ("accounts.chain_broken", "1")]
    assert chain.last_look().act == "accounts.chain_broken"
