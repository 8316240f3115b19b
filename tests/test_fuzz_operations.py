"""Whatever anybody sends to a board: never a server error, never half a change, always a reason for a refusal."""

from __future__ import annotations

import contextlib
import json

import msgspec
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings, target
from hypothesis import strategies as st

from leerkracht.boards.models import Operation
from leerkracht.boards.queries import state as states
from leerkracht.boards.rules.operations import PAYLOADS, Malformed, read
from leerkracht.boards.services import operations
from leerkracht.core.queries.words import say

from .fuzz_operations import a_world, check, play, steps

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
QUICK = settings(
    deadline=None,
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(raw=st.binary(max_size=200))
def test_bytes_are_read_or_refused_with_a_reason(raw):
    with pytest.raises(Malformed) as refused:
        read(raw)
    assert say(refused.value)


@given(
    kind=st.sampled_from(sorted(PAYLOADS)) | st.text(max_size=20),
    operation_id=st.uuids().map(str) | anything,
    payload=anything | st.dictionaries(st.sampled_from(("id", "text", "owner", "goal", "date")), anything, max_size=4),
)
def test_json_of_any_shape_is_read_or_refused(kind, operation_id, payload):
    raw = json.dumps({"id": operation_id, "kind": kind, "payload": payload}).encode()
    with contextlib.suppress(Malformed):
        assert read(raw).kind == kind


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[" * 100_000,
        b'{"id":' + b"9" * 5000 + b"}",
        b"\xff\xfe",
        b'{"id":"\\ud800","kind":"board.open"}',
        b'{"id":"00000000-0000-0000-0000-000000000001","kind":"goal.add","payload":{"id":"' + b"0" * 10_000 + b'"}}',
        b'{"id":"00000000-0000-0000-0000-000000000001","kind":"action.add","payload":{"owner":1e400}}',
    ],
)
def test_hostile_bytes_are_refused_with_a_reason(raw):
    with pytest.raises(Malformed) as refused:
        read(raw)
    assert len(say(refused.value)) < 600


@pytest.mark.django_db
@settings(QUICK, max_examples=60)
@given(asked=st.lists(st.binary(max_size=60) | anything.map(lambda value: json.dumps(value).encode()), max_size=5))
def test_rubbish_on_a_board_changes_nothing_and_is_answered(asked):
    with transaction.atomic():
        states.cache.clear()
        world = a_world()
        before = Operation.objects.count()
        raw = [msgspec.Raw(item) for item in asked]
        by = world.actor(0)
        results = operations.apply_json(board_id=world.board.pk, by=by, raw=raw, now=world.now)
        assert [result.status for result in results] == ["REFUSED"] * len(asked)
        assert Operation.objects.count() == before
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(QUICK, max_examples=60)
@given(script=steps(most=20))
def test_any_sequence_by_anybody_keeps_log_tables_and_answers_one_story(script):
    tell_one_story(script)


def tell_one_story(script):
    with transaction.atomic():
        states.cache.clear()
        world = a_world()
        target(play(world, script), label="applied")
        check(world)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_random_operations_are_not_all_refused():
    # A fuzzer that the rules always refuse would prove nothing.
    applied = []

    @settings(QUICK, max_examples=40, database=None, derandomize=True)
    @given(script=steps(most=20))
    def count(script):
        with transaction.atomic():
            states.cache.clear()
            applied.append(play(a_world(), script))
            transaction.set_rollback(True)

    count()
    assert sum(applied) > 40 * 5
