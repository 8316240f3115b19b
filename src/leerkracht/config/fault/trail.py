"""Edit sealed rows in a copy, in every way somebody with the database could, and ask each time whether it shows."""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from leerkracht.accounts.models import AuditEntry, Seal
from leerkracht.accounts.queries import chain
from leerkracht.accounts.queries.anchor import Anchored
from leerkracht.accounts.rules.trail import FORGOTTEN
from leerkracht.accounts.services import sealing
from leerkracht.boards.models import Operation
from leerkracht.config.fault.copies import empty_copy
from leerkracht.config.fault.edits import EDITS, Copy, Edit, Unfit

MOST_ROWS, LEAST_ROWS, LEAST_SEALS, SMALL_BATCH = 3_000, 600, 10, 20
MADE_UP_FROM = datetime(2026, 9, 1, 8, tzinfo=UTC)


class NotWhole(Exception):
    """The logs are not as they were sealed before anybody attacked them."""


@dataclass
class Report:
    """``kinds`` has, per kind of edit, how many were tried and how many were seen."""

    edits: int
    seed: int
    database: str
    rows: int
    anchor: bool
    detected: int = 0
    seconds: float = 0
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.detected == self.edits


def run(*, edits: int, seed: int, has_anchor: bool = True) -> Report:
    """Copy the newest sealed rows, add made-up ones where there are few, and edit: each edit alone, then taken back.

    Raises
    ------
    NotWhole : the copy does not verify before the first edit
    """
    chance, began = random.Random(seed), time.monotonic()
    with empty_copy((Seal, AuditEntry, Operation)) as using:
        first = _fill(using, chance)
        copy = Copy(using, first)
        anchored = Anchored({copy.last.number: bytes(copy.last.digest)}) if has_anchor else None
        whole = chain.verify(anchored=anchored, using=using, first=first)
        if not whole.holds:
            raise NotWhole(f"Not as it was sealed already: seal {whole.broken[0].seal}, {whole.broken[0].what}.")
        report = Report(edits, seed, connections[DEFAULT_DB_ALIAS].vendor, whole.rows, has_anchor)
        for number in range(edits):
            kind, seen = _one(copy, chance, anchored, EDITS[number] if number < len(EDITS) else None)
            tried, noticed = report.kinds.get(kind, (0, 0))
            report.kinds[kind] = (tried + 1, noticed + seen)
            report.detected += seen
    report.seconds = round(time.monotonic() - began, 1)
    return report


def _one(
    copy: Copy, chance: random.Random, anchored: Anchored | None, wanted: tuple[str, Edit] | None
) -> tuple[str, bool]:
    """Edit, look and take it back; what the database itself refuses is no edit, and another is tried."""
    while True:
        kind, edit = wanted or chance.choice(EDITS)
        with transaction.atomic(using=copy.using):
            try:
                with transaction.atomic(using=copy.using):
                    edit(copy, chance)
                seen = not chain.verify(anchored=anchored, using=copy.using, first=copy.first, most=1).holds
                return kind, seen
            except (DatabaseError, Unfit):
                continue
            finally:
                transaction.set_rollback(True, using=copy.using)


def _fill(using: str, chance: random.Random) -> int:
    """Copy the newest seals with their rows; return the number of the first."""
    seals, rows = [], 0
    for seal in Seal.objects.order_by("-number").iterator(chunk_size=100):
        seals.append(seal)
        rows += seal.count
        if rows >= MOST_ROWS:
            break
    first = seals[-1].number if seals else 1
    Seal.objects.using(using).bulk_create([*Seal.objects.filter(number=first - 1), *seals])
    for model in (AuditEntry, Operation):
        found: Any = model._base_manager.filter(seal__gte=first)
        model._base_manager.using(using).bulk_create(found.iterator(chunk_size=500), batch_size=50)
    told = AuditEntry.objects.filter(act=FORGOTTEN).exclude(seal__gte=first)
    AuditEntry.objects.using(using).bulk_create(list(told), batch_size=50)
    if rows < LEAST_ROWS or len(seals) < LEAST_SEALS:
        _make_up(using, max(LEAST_ROWS - rows, LEAST_SEALS * SMALL_BATCH), chance)
    return first


def _make_up(using: str, count: int, chance: random.Random) -> None:
    """Rows of both logs, sealed in small batches as in a quiet week."""
    newest = AuditEntry.objects.using(using).order_by("-pk").first()
    key = newest.pk if newest else 0
    for start in range(0, count, 2 * SMALL_BATCH):
        moment = MADE_UP_FROM + timedelta(minutes=start)
        entries, lines = [], []
        for number in range(start, start + SMALL_BATCH):
            entries.append(_entry(key + number + 1, number, moment))
            lines.append(_line(number, moment, chance))
        AuditEntry.objects.using(using).bulk_create(entries, batch_size=50)
        Operation.objects.using(using).bulk_create(lines, batch_size=50)
        sealing.seal_all(now=moment, using=using, batch=SMALL_BATCH)


def _entry(key: int, number: int, at: datetime) -> AuditEntry:
    what = {"act": "accounts.signed_in", "target_kind": "accounts.person", "target_id": str(number)}
    return AuditEntry(pk=key, at=at, actor_kind="PERSON", actor_id=str(number), **what)


def _line(number: int, at: datetime, chance: random.Random) -> Operation:
    where = {"board_id": 1_000_000, "seq": number + 1, "actor_kind": "PERSON", "actor_id": "1", "kind": "action.add"}
    said = {"payload": os.urandom(40), "changes": os.urandom(60), "salt": b"", "digest": b""}
    return Operation(id=UUID(int=chance.getrandbits(128)), applied_at=at, **where, **said)
