"""Whether the sealed logs are as they were sealed: every row, every seal, and the anchor outside the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Count, Max, Min, QuerySet, Sum

from leerkracht.accounts.models import AuditEntry, Seal
from leerkracht.accounts.queries import anchor
from leerkracht.accounts.queries.anchor import Anchored
from leerkracht.accounts.rules.trail import ANCHORED, BROKEN, FORGOTTEN, RESTORED, VERIFIED, read_forgotten
from leerkracht.core.kernel.chain import Batch, link, root
from leerkracht.core.registry.streams import Row, Stream, streams

MOST_FINDINGS = 50


@dataclass(frozen=True)
class Broken:
    """One thing that is not as it was sealed. ``seal`` is 0 where no seal is concerned."""

    seal: int
    stream: str
    what: str
    row: str = ""


@dataclass(frozen=True)
class Verdict:
    """What was looked at, from seal ``first`` to ``last``, and the first things that are wrong."""

    first: int
    last: int
    seals: int
    rows: int
    broken: tuple[Broken, ...]

    @property
    def holds(self) -> bool:
        return not self.broken


@dataclass(frozen=True)
class Waiting:
    """Rows without a seal yet, and since when the oldest waits."""

    rows: int
    since: datetime | None


def waiting() -> Waiting:
    """Return how many rows wait for a seal; one query per log."""
    rows, oldest = 0, []
    for stream in streams().values():
        seen = stream.model._base_manager.filter(seal=None).aggregate(rows=Count("pk"), since=Min(stream.moment))
        rows += seen["rows"]
        oldest += [seen["since"]] if seen["since"] else []
    return Waiting(rows, min(oldest, default=None))


def newest() -> Seal | None:
    """The last seal of the chain."""
    return Seal.objects.order_by("-number").first()


def was_anchored() -> bool:
    """Whether the trail says that an anchor was begun: from then on there must be one."""
    return _lines_of_the_product().filter(act=ANCHORED).exists()


def last_look() -> AuditEntry | None:
    """The line of the last time that everything was looked at: ``VERIFIED`` or ``BROKEN``."""
    return _lines_of_the_product().filter(act__in=(VERIFIED, BROKEN)).order_by("-at").first()


def last_restore() -> AuditEntry | None:
    """The line of the last time that a backup was put back and accepted."""
    return _lines_of_the_product().filter(act=RESTORED).order_by("-at").first()


def _lines_of_the_product() -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(actor_kind=AuditEntry.ActorKind.SYSTEM, actor_id="")


def first_of_newest(rows: int) -> int:
    """The seal from which on the newest seals hold at most ``rows`` rows (at least one seal); 1 when all do."""
    if (Seal.objects.aggregate(rows=Sum("count"))["rows"] or 0) <= rows:
        return 1
    seen, first = 0, 1
    for number, count in Seal.objects.order_by("-number").values_list("number", "count").iterator():
        if seen and seen + count > rows:
            return first
        seen, first = seen + count, number
    return first


def look(*, first: int = 1) -> Verdict:
    """Check what is in the database now against every anchor; see ``verify``."""
    try:
        known = anchor.known()  # before the rows: it never knows more than the database then holds
    except anchor.Disagree as error:
        return Verdict(first, 0, 0, 0, (Broken(error.args[0], "", "the two anchors know another digest of this seal"),))
    with _snapshot(DEFAULT_DB_ALIAS):
        verdict = verify(anchored=known, first=first)
    if known is None and was_anchored():
        gone = Broken(0, "", "the anchor is gone, so nobody can tell whether the tail was cut")
        return Verdict(first, verdict.last, verdict.seals, verdict.rows, (*verdict.broken, gone))
    return verdict


def verify(
    *, anchored: Anchored | None, using: str = DEFAULT_DB_ALIAS, first: int = 1, most: int = MOST_FINDINGS
) -> Verdict:
    """Check every sealed row from seal ``first`` on, in constant memory; without an anchor a cut tail stays unseen."""
    walk = _Walk(using, first)
    broken: list[Broken] = []
    try:
        for one in walk.findings(anchored):
            broken.append(one)
            if len(broken) == most:
                break
    except (ValueError, TypeError, OverflowError) as error:  # SQLite keeps whatever is written into a column
        broken.append(Broken(walk.number, "", f"a row here, or the next one, cannot be read: {error}"))
    return Verdict(first, walk.last, walk.seals, walk.rows, tuple(broken))


class _Walk:
    """One way along the chain, up to the seal that is the last when it begins."""

    def __init__(self, using: str, first: int) -> None:
        self.using, self.first = using, first
        self.last = Seal.objects.using(using).aggregate(last=Max("number"))["last"] or 0
        self.seals = self.rows = self.number = 0
        self.readers: dict[str, _Reader] = {}
        self.forgotten: Counter[int] = Counter()

    def findings(self, anchored: Anchored | None) -> Iterator[Broken]:
        told = _told_forgotten(self.using)
        self.readers = {name: _Reader(stream, self.using, self.first) for name, stream in streams().items()}
        before = Seal.objects.using(self.using).filter(number=self.first - 1).first()
        previous, expected = bytes(before.digest) if before else b"", self.first
        to_see = {n: d for n, d in anchored.digests.items() if n >= self.first} if anchored else {}
        seals = Seal.objects.using(self.using).filter(number__gte=self.first).order_by("number")
        for seal in seals.iterator(chunk_size=500):
            yield from self._seal(seal, previous, expected)
            if to_see.pop(seal.number, bytes(seal.digest)) != bytes(seal.digest):
                yield Broken(seal.number, seal.stream, "not the seal that the anchor knows")
            if self.forgotten.pop(seal.number, 0) != told[seal.number]:
                yield Broken(seal.number, seal.stream, "rows were emptied that the trail does not tell of")
            previous, expected = bytes(seal.digest), seal.number + 1
        if to_see:
            text = f"the tail is cut: the anchor knows seals up to {max(to_see)}, the database ends at {self.last}"
            yield Broken(max(to_see), "", text)
        for reader in self.readers.values():
            for row in reader.up_to(None):
                yield Broken(row.seal or 0, reader.stream.name, "a row of a seal that is not there", str(row.key))

    def _seal(self, seal: Seal, previous: bytes, expected: int) -> Iterator[Broken]:
        self.seals, self.number = self.seals + 1, seal.number
        if seal.number != expected:
            yield Broken(expected, "", f"seals {expected} to {seal.number - 1} are gone")
        batch = Batch(seal.number, seal.stream, seal.at, seal.count, bytes(seal.root))
        if link(previous, batch) != bytes(seal.digest):
            yield Broken(seal.number, seal.stream, "the seal itself was changed, or the one before it")
        reader = self.readers.get(seal.stream)
        if reader is None:
            yield Broken(seal.number, seal.stream, "a seal over a log that does not exist")
        else:
            yield from self._rows(seal, reader)

    def _rows(self, seal: Seal, reader: _Reader) -> Iterator[Broken]:
        leaves, is_explained = [], False
        for row in reader.up_to(seal.number):
            if row.seal != seal.number:
                yield Broken(row.seal or 0, seal.stream, "a row of a seal that is not there", str(row.key))
                continue
            self.rows += 1
            leaves.append(row.leaf)
            self.forgotten[seal.number] += row.is_forgotten(reader.stream)
            if not row.is_true(reader.stream):
                is_explained = True
                yield Broken(seal.number, seal.stream, "this row was changed", str(row.key))
        if len(leaves) != seal.count:
            what = "deleted or moved" if len(leaves) < seal.count else "inserted or moved"
            yield Broken(seal.number, seal.stream, f"{len(leaves)} rows instead of {seal.count}: {what}")
        elif root(leaves) != bytes(seal.root) and not is_explained:
            yield Broken(seal.number, seal.stream, "a row was changed or exchanged")


class _Reader:
    """The sealed rows of one log, by seal and key, each read once."""

    def __init__(self, stream: Stream, using: str, first: int) -> None:
        self.stream = stream
        rows: Any = stream.model._base_manager.using(using).filter(seal__gte=first).order_by("seal_id", "pk")
        self._rows = iter(rows.values_list(*stream.columns).iterator(chunk_size=2_000))
        self._ahead = self._next()

    def _next(self) -> Row | None:
        values = next(self._rows, None)
        return Row.of(self.stream, values) if values else None

    def up_to(self, number: int | None) -> Iterator[Row]:
        """The rows of this seal, and any before it that belong to none; all that is left for ``None``."""
        while self._ahead is not None and (number is None or (self._ahead.seal or 0) <= number):
            row, self._ahead = self._ahead, self._next()
            yield row


def _told_forgotten(using: str) -> Counter[int]:
    """How many rows of each seal the trail says were emptied."""
    told: Counter[int] = Counter()
    lines = AuditEntry.objects.using(using).filter(act=FORGOTTEN, target_kind="accounts.seal")
    for text in lines.values_list("target_id", flat=True):
        if read := read_forgotten(text):
            told[read[0]] += read[1]
    return told


@contextmanager
def _snapshot(using: str) -> Iterator[None]:
    """Let every read see one moment, while others go on writing and sealing."""
    connection = connections[using]
    if connection.in_atomic_block:  # somebody else's transaction: a test's, or one that writes
        yield
    elif connection.vendor == "sqlite":  # not ``atomic``: that takes the only place to write
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
