"""Whoever edits sealed rows is noticed; without the anchor a cut tail is not, which shows that the attack is one."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from leerkracht.accounts.models import AuditEntry, Seal
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services import audit, sealing
from leerkracht.config.fault.edits import EDITS

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path, settings):
    settings.ANCHORS = (tmp_path / "anchor.jsonl",)


def lines(count):
    for number in range(count):
        audit.record(act="accounts.signed_in", by=THE_SYSTEM, target=("accounts.person", str(number)), at=NOW)


def attack(capsys, *options):
    try:
        call_command("attack", "audit", *options, "--json")
        code = 0
    except SystemExit as end:
        code = end.code
    return code, json.loads(capsys.readouterr().out)


def test_every_edit_of_a_copy_is_noticed_and_the_data_stays(capsys):
    lines(30)
    sealing.forget_content(
        stream=audit.STREAM, keys=AuditEntry.objects.values_list("pk", flat=True)[:3], by=THE_SYSTEM, now=NOW
    )
    sealing.seal_and_anchor(now=NOW)
    before = list(AuditEntry.objects.order_by("pk").values()), list(Seal.objects.order_by("pk").values())
    code, report = attack(capsys, "--edits", "60", "--seed", "3")
    assert (code, report["detected"], report["ok"]) == (0, 60, True)
    assert set(report["kinds"]) == {kind for kind, _edit in EDITS}
    assert (list(AuditEntry.objects.order_by("pk").values()), list(Seal.objects.order_by("pk").values())) == before


def test_without_the_anchor_what_keeps_the_chain_whole_is_not_noticed(capsys):
    code, report = attack(capsys, "--edits", "40", "--no-anchor")
    unseen = {kind for kind, (tried, seen) in report["kinds"].items() if seen < tried}
    assert (code, report["ok"]) == (1, False)
    assert {"the tail cut", "history rewritten"} <= unseen <= {"the tail cut", "the tail unsealed", "history rewritten"}


def test_logs_that_are_broken_already_are_not_attacked():
    lines(3)
    sealing.seal_and_anchor(now=NOW)
    AuditEntry.objects.update(act="other")
    with pytest.raises(CommandError, match="Not as it was sealed already: seal 1"):
        call_command("attack", "audit", "--edits", "5")
