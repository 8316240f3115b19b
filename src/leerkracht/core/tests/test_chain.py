"""The arithmetic of a sealed log: worked by hand, blind to nothing, and content that can be forgotten."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerkracht.core.kernel.chain import Batch, content_digest, leaf, link, packed, root

PARTS = st.lists(
    st.one_of(st.none(), st.text(max_size=8), st.integers(), st.binary(max_size=8), st.uuids()), max_size=5
)
AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


def test_values_are_packed_as_kind_length_and_bytes():
    assert packed("ab", 12, None, b"\0") == b"s\0\0\0\x02ab" + b"i\0\0\0\x0212" + b"-\0\0\0\0" + b"b\0\0\0\x01\0"


@given(PARTS, PARTS)
def test_other_values_give_other_bytes(one, two):
    assert (packed(*one) == packed(*two)) == (one == two)


def test_what_looks_alike_is_packed_apart():
    key = UUID(int=1)
    alike = [packed("1"), packed(1), packed(b"1"), packed("1", ""), packed("", "1"), packed(key), packed(key.bytes)]
    assert len(set(alike)) == len(alike)


def test_another_kind_of_value_is_refused():
    with pytest.raises(TypeError, match=r"got 1\.5"):
        packed(1.5)  # type: ignore[arg-type]


def test_a_moment_is_the_same_in_every_zone():
    assert packed(AT) == packed(AT.astimezone(timezone(timedelta(hours=2))))
    assert packed(AT) != packed(AT + timedelta(microseconds=1))


def test_digest_leaf_root_and_link_are_sha256_over_what_they_say():
    digest = hashlib.sha256(b"salt" + b"s\0\0\0\x01x").digest()
    assert content_digest(b"salt", "x") == digest
    one = hashlib.sha256(packed(digest, 7)).digest()
    assert leaf(digest, 7) == one
    assert root([one, one]) == hashlib.sha256(one + one).digest()
    batch = Batch(number=2, stream="audit", at=AT, count=1, root=one)
    assert link(b"before", batch) == hashlib.sha256(packed(b"before", 2, "audit", AT, 1, one)).digest()


def test_a_seal_depends_on_each_thing_it_says_and_on_the_seal_before():
    batch = Batch(number=2, stream="audit", at=AT, count=3, root=b"r" * 32)
    others = [
        link(b"other", batch),
        link(b"", Batch(3, "audit", AT, 3, b"r" * 32)),
        link(b"", Batch(2, "boards", AT, 3, b"r" * 32)),
        link(b"", Batch(2, "audit", AT + timedelta(seconds=1), 3, b"r" * 32)),
        link(b"", Batch(2, "audit", AT, 4, b"r" * 32)),
        link(b"", Batch(2, "audit", AT, 3, b"s" * 32)),
    ]
    assert len({link(b"", batch), *others}) == 7
