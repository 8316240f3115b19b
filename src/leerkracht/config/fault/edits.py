"""The edits of the attack on the sealed logs; each changes one thing, or rewrites history after it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from leerkracht.accounts.models import AuditEntry, Seal
from leerkracht.accounts.rules.trail import FORGOTTEN, forgotten_target
from leerkracht.core.kernel.chain import Batch, content_digest, link, root
from leerkracht.core.registry.streams import Row, Stream, streams

_FREE_KEY = 2**40


class Unfit(Exception):
    """This edit would change nothing on the row that was picked."""


@dataclass
class Copy:
    """The copy that is attacked: its seals and its rows, by stream."""

    using: str
    first: int
    seals: list[Seal] = field(init=False)
    keys: dict[str, list[Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.seals = list(Seal.objects.using(self.using).filter(number__gte=self.first).order_by("number"))
        self.keys = {name: self._sealed(stream) for name, stream in streams().items()}

    @property
    def last(self) -> Seal:
        return self.seals[-1]

    def rows(self, stream: Stream) -> Any:
        return stream.model._base_manager.using(self.using)

    def pick(self, chance: random.Random) -> tuple[Stream, Any]:
        """A log that has rows, and the key of one of them."""
        name = chance.choice([name for name, keys in self.keys.items() if keys])
        return streams()[name], chance.choice(self.keys[name])

    def _sealed(self, stream: Stream) -> list[Any]:
        return list(self.rows(stream).filter(seal__gte=self.first).order_by("pk").values_list("pk", flat=True))


def other(value: Any, chance: random.Random) -> Any:
    """A value of the same kind that is not this one."""
    match value:
        case None:
            return 5
        case UUID():
            return UUID(int=chance.getrandbits(128))
        case int():
            return value + chance.randint(1, 1000)
        case str():
            return chance.choice(("x", "SYSTEM", "99")) if value not in ("x", "SYSTEM", "99") else value + "1"
        case bytes() | memoryview():
            raw = bytearray(bytes(value) or b"\0")
            raw[chance.randrange(len(raw))] ^= chance.randint(1, 255)
            return bytes(raw)
        case _:
            return value + timedelta(microseconds=chance.randint(1, 10**9))


def change_column(copy: Copy, chance: random.Random) -> None:
    stream, key = copy.pick(chance)
    column = chance.choice([*stream.header[1:], *stream.emptied, "salt", "digest"])
    row = copy.rows(stream).filter(pk=key)
    was = row.values_list(column, flat=True).get()
    value = UUID(int=chance.getrandbits(128)) if column == "session_id" else other(was, chance)
    row.update(**{column: value})


def delete_row(copy: Copy, chance: random.Random) -> None:
    stream, key = copy.pick(chance)
    copy.rows(stream).filter(pk=key)._raw_delete(copy.using)


def insert_row(copy: Copy, chance: random.Random) -> None:
    """A sealed row once more, under a key of its own."""
    stream, key = copy.pick(chance)
    row = copy.rows(stream).get(pk=key)
    row.pk = UUID(int=chance.getrandbits(128)) if isinstance(key, UUID) else _FREE_KEY
    if hasattr(row, "seq"):
        row.seq += 1_000_000
    row.save(using=copy.using, force_insert=True)


def move_row(copy: Copy, chance: random.Random) -> None:
    """A row under another seal of its log, or under none."""
    stream, key = copy.pick(chance)
    row = copy.rows(stream).filter(pk=key)
    own = row.values_list("seal", flat=True).get()
    numbers = [seal.number for seal in copy.seals if seal.stream == stream.name and seal.number != own]
    row.update(seal=chance.choice([*numbers, None]))


def swap_rows(copy: Copy, chance: random.Random) -> None:
    """Two rows of one log that exchange what they say, with salt and digest."""
    stream, one = copy.pick(chance)
    other_one = chance.choice(copy.keys[stream.name])
    columns = [*stream.emptied, "salt", "digest"]
    rows = [copy.rows(stream).filter(pk=key) for key in (one, other_one)]
    first, second = (row.values(*columns).get() for row in rows)
    if first == second:
        raise Unfit
    rows[0].update(**second)
    rows[1].update(**first)


def empty_row(copy: Copy, chance: random.Random) -> None:
    """A row made to look forgotten, without a word in the trail."""
    _empty(copy, chance)


def hide_by_word(copy: Copy, chance: random.Random) -> None:
    """A row emptied, with a word in the trail that claims too much."""
    seal = _empty(copy, chance)
    claim = {"act": FORGOTTEN, "target_kind": "accounts.seal", "target_id": forgotten_target(seal, 2)}
    AuditEntry(pk=_FREE_KEY, at=copy.last.at, actor_kind="SYSTEM", **claim).save(using=copy.using, force_insert=True)


def _empty(copy: Copy, chance: random.Random) -> int:
    stream, key = copy.pick(chance)
    row = copy.rows(stream).filter(pk=key)
    salt, seal = row.values_list("salt", "seal").get()
    if not salt:
        raise Unfit
    row.update(**stream.emptied, salt=b"")
    return int(seal)


def change_seal(copy: Copy, chance: random.Random) -> None:
    seal = chance.choice(copy.seals)
    column = chance.choice(("at", "count", "root", "digest", "stream"))
    value = "nowhere" if column == "stream" else other(getattr(seal, column), chance)
    Seal.objects.using(copy.using).filter(pk=seal.pk).update(**{column: value})


def delete_seal(copy: Copy, chance: random.Random) -> None:
    """A seal from the middle, with all its rows."""
    _drop(copy, [chance.choice(copy.seals[:-1])])


def cut_tail(copy: Copy, chance: random.Random) -> None:
    """The newest seals with all their rows: what is left is a whole chain."""
    _drop(copy, _tail(copy, chance))


def unseal_tail(copy: Copy, chance: random.Random) -> None:
    """The newest seals gone, and their rows as if they were never sealed."""
    numbers = [seal.number for seal in _tail(copy, chance)]
    for stream in streams().values():
        copy.rows(stream).filter(seal__in=numbers).update(seal=None)
    Seal.objects.using(copy.using).filter(number__in=numbers)._raw_delete(copy.using)


def _tail(copy: Copy, chance: random.Random) -> list[Seal]:
    return copy.seals[-chance.randint(1, min(5, len(copy.seals) - 1)) :]


def rewrite_history(copy: Copy, chance: random.Random) -> None:
    """Change a row and compute every sum again from there on, as who knows this program would."""
    stream, key = copy.pick(chance)
    row = copy.rows(stream).filter(pk=key)
    column = chance.choice(list(stream.emptied))
    row.update(**{column: other(row.values_list(column, flat=True).get(), chance)})
    changed = Row.of(stream, row.values_list(*stream.columns).get())
    salt = changed.salt or b"0" * 16
    row.update(salt=salt, digest=content_digest(salt, *changed.content))
    _link_again(copy, changed.seal or 0)


def _link_again(copy: Copy, start: int) -> None:
    seals = Seal.objects.using(copy.using)
    before = seals.filter(number=start - 1).first()
    previous = bytes(before.digest) if before else b""
    for seal in seals.filter(number__gte=start).order_by("number"):
        values = copy.rows(streams()[seal.stream]).filter(seal=seal.number).order_by("pk")
        rows = [Row.of(streams()[seal.stream], v) for v in values.values_list(*streams()[seal.stream].columns)]
        fresh = root(row.leaf for row in rows)
        previous = link(previous, Batch(seal.number, seal.stream, seal.at, seal.count, fresh))
        seals.filter(pk=seal.pk).update(root=fresh, digest=previous)


def _drop(copy: Copy, seals: list[Seal]) -> None:
    numbers = [seal.number for seal in seals]
    for stream in streams().values():
        copy.rows(stream).filter(seal__in=numbers)._raw_delete(copy.using)
    Seal.objects.using(copy.using).filter(number__in=numbers)._raw_delete(copy.using)


Edit = Callable[[Copy, random.Random], None]
EDITS: tuple[tuple[str, Edit], ...] = (
    ("a column changed", change_column),
    ("a row deleted", delete_row),
    ("a row inserted", insert_row),
    ("a row moved to another seal", move_row),
    ("two rows exchanged", swap_rows),
    ("a row emptied", empty_row),
    ("a row emptied, claim wrong", hide_by_word),
    ("a seal changed", change_seal),
    ("a seal deleted", delete_seal),
    ("the tail cut", cut_tail),
    ("the tail unsealed", unseal_tail),
    ("history rewritten", rewrite_history),
)
