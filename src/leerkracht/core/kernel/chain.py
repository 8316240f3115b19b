"""The arithmetic of a sealed log: a salted digest per row, a root per batch, and seals that each cover the one before.

What a row says can be forgotten (salt and content go, the digest stays) and the chain still verifies: without the salt
nobody can find out by trying what the content was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

SALT_BYTES = 16
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Part = str | int | bytes | datetime | UUID | None


@dataclass(frozen=True)
class Batch:
    """What one seal says: ``count`` rows of ``stream``, whose leaves in the order of their keys give ``root``."""

    number: int
    stream: str
    at: datetime
    count: int
    root: bytes


def packed(*parts: Part) -> bytes:
    """Return the values as bytes that no other values have: each with its kind and length."""
    out = bytearray()
    for part in parts:
        kind, raw = _raw(part)
        out += kind + len(raw).to_bytes(4, "big") + raw
    return bytes(out)


def content_digest(salt: bytes, *content: Part) -> bytes:
    """Return 32 bytes over a row's content; with 16 random bytes of ``salt`` they give nothing away."""
    return hashlib.sha256(salt + packed(*content)).digest()


def leaf(digest: bytes, *header: Part) -> bytes:
    """Return 32 bytes over what of a row always stays, and over the digest of the rest."""
    return hashlib.sha256(packed(digest, *header)).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """Return 32 bytes over the leaves of a batch, in their order."""
    seen = hashlib.sha256()
    for one in leaves:
        seen.update(one)
    return seen.digest()


def link(previous: bytes, batch: Batch) -> bytes:
    """Return the digest of a seal; ``previous`` is that of the seal before it, empty for the first."""
    return hashlib.sha256(packed(previous, batch.number, batch.stream, batch.at, batch.count, batch.root)).digest()


def _raw(part: Part) -> tuple[bytes, bytes]:
    match part:
        case None:
            return b"-", b""
        case str():
            return b"s", part.encode()
        case bytes():
            return b"b", part
        case int():
            return b"i", str(part).encode()
        case datetime():
            return b"t", str((part - _START) // _MICROSECOND).encode()
        case UUID():
            return b"u", part.bytes
        case _:
            raise TypeError(f"a value of a log must be text, number, bytes, moment, id or None, got {part!r}")
