"""What ``doctor`` says of the sealed logs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leerkracht.accounts.models import AuditEntry
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services import anchor, audit, sealing
from leerkracht.config.checks import chain
from leerkracht.config.management.commands import doctor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path, settings):
    settings.ANCHORS = (tmp_path / "anchor.jsonl",)
    return settings.ANCHORS[0]


def lines(count, *, seconds_ago=0):
    at = timezone.now() - timedelta(seconds=seconds_ago)
    for number in range(count):
        audit.record(act="accounts.signed_in", by=THE_SYSTEM, target=("accounts.person", str(number)), at=at)


def said(**options):
    return [(finding.level.value, finding.text) for finding in chain.look(**options)]


def test_rows_that_wait_are_counted_and_an_old_one_is_worth_a_note():
    lines(2)
    assert said()[0] == ("fine", "2 rows wait for a seal, the oldest for 0 s.")
    lines(1, seconds_ago=180)
    level, text = said()[0]
    assert (level, text[:54]) == ("note", "3 rows wait for a seal, the oldest for 3 min. Run `lee")


def test_what_is_as_it_was_sealed_is_fine_and_what_is_not_is_wrong():
    lines(3)
    sealing.seal_and_anchor(now=timezone.now())
    assert said()[1] == ("fine", "3 rows under 1 seals are as they were sealed.")
    AuditEntry.objects.filter(target_id="2").update(target_id="9")
    key = AuditEntry.objects.get(target_id="9").pk
    level, text = said()[1]
    assert (level, text.partition(".")[0]) == ("wrong", f"seal 1: this row was changed {key}")


def test_a_large_log_is_looked_at_in_its_newest_part_unless_asked_whole(monkeypatch):
    monkeypatch.setattr(chain, "NEWEST_ROWS", 3)
    for _round in range(3):
        lines(2)
        sealing.seal_all(now=timezone.now())
    AuditEntry.objects.filter(seal=1).update(act="other")
    (_waits, (level, text)) = said()
    assert (level, text.startswith("2 rows under 1 seals"), "--full looks at all" in text) == ("fine", True, True)
    assert said(is_full=True)[1][0] == "wrong"


def test_a_backup_that_was_put_back_stays_in_sight():
    lines(1)
    sealing.accept_restore(why="disk lost", by=THE_SYSTEM, now=timezone.now())
    assert [text for level, text in said() if level == "note" and "disk lost" in text] != []


def test_two_anchors_that_disagree_are_wrong(place, settings, tmp_path):
    settings.ANCHORS = (place, tmp_path / "copy.jsonl")
    lines(1)
    sealing.seal_and_anchor(now=timezone.now())
    anchor.extend(place, number=1, digest=b"x" * 32, at=timezone.now())
    assert said()[1][0] == "wrong"


def test_doctor_looks_at_the_trail():
    lines(2)
    sealing.seal_and_anchor(now=timezone.now())
    assert [finding.level for finding in doctor.examine(is_full=True) if finding.about == "trail"] == ["fine", "fine"]
