"""Seal what was written since the last time, and forget what a sealed row said."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.utils import timezone

from leerkracht.accounts.models import AuditEntry, Person, Seal
from leerkracht.accounts.queries import anchor as anchors
from leerkracht.accounts.queries import chain
from leerkracht.accounts.rules import THE_SYSTEM, Actor
from leerkracht.accounts.rules.trail import (
    ANCHORED,
    BROKEN,
    FORGOTTEN,
    RESTORED,
    VERIFIED,
    WITNESSES,
    forgotten_target,
    is_look_due,
)
from leerkracht.core.kernel.chain import SALT_BYTES, Batch, content_digest, link, root
from leerkracht.core.registry.streams import Row, Stream, streams

from . import anchor, audit

log = logging.getLogger("leerkracht.audit")
BATCH = 500  # on SQLite nobody else writes meanwhile: some twenty milliseconds
TRIES = 50


class Unsealed(Exception):
    """Others sealed at the same time, again and again, so rows stayed without a seal; try again."""


def seal_all(*, now: datetime, using: str = DEFAULT_DB_ALIAS, batch: int = BATCH) -> list[Seal]:
    """Seal every row that has none, in batches of one transaction each; return the seals.

    Two that seal at once do not fork the chain: the number of a seal is its key, so one of them tries again later.
    """
    made: list[Seal] = []
    for stream in streams().values():
        while seal := _next_seal(stream, now, using, batch):
            made.append(seal)
            if seal.count < batch:
                break
    return made


def seal_and_anchor(*, now: datetime, paths: Sequence[Path] | None = None) -> list[Seal]:
    """Seal, then write the newest seal to each anchor.

    An anchor that knows another chain is left as it is, and so is a missing one where there was one before: somebody
    must look first (``accept_restore``).
    """
    made = seal_all(now=now)
    newest = Seal.objects.order_by("-number").first()
    if newest is None:
        return made
    paths = anchors.places() if paths is None else paths
    heard = {path: anchors.newest(path) for path in paths}
    is_first = not any(heard.values()) and not chain.was_anchored()
    for path, last in heard.items():
        if last == (newest.number, bytes(newest.digest)):
            continue
        if _is_of_this_chain(last) if last else is_first or any(heard.values()):
            _write_down(path, newest, now)
        else:
            log.error("the logs do not hold the last seal of %s; see `leerkracht audit verify`", path)
    if is_first and any(path.exists() for path in paths):
        audit.record(act=ANCHORED, by=THE_SYSTEM, target=("accounts.seal", str(newest.number)), at=now)
    return made


def forget_content(*, stream: Stream, keys: Iterable[Any], by: Person | Actor, now: datetime) -> int:
    """Empty what these rows of a log say, in one transaction; return how many were.

    ``stream.header`` stays (when, what kind of act), ``stream.emptied`` and the salt go, the digest stays and the chain
    verifies. How many rows of each seal were emptied is a line of the trail; a row emptied without it shows as changed.
    Rows without a seal are sealed first. Emptied rows, and the lines that explain others, are passed over.
    """
    manager = stream.model._base_manager
    wanted = list(keys)
    counts: Counter[int] = Counter()
    with transaction.atomic():
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            _seal_now(manager.filter(pk__in=part, seal=None), now)
            rows = manager.select_for_update(of=("self",)).filter(pk__in=part).exclude(salt=b"")
            if stream.model is AuditEntry:
                rows = rows.exclude(act__in=WITNESSES)
            found = list(rows.values_list("pk", "seal_id"))
            manager.filter(pk__in=[key for key, _seal in found]).update(**stream.emptied, salt=b"")
            counts.update(seal for _key, seal in found)
        lines = [audit.Line(FORGOTTEN, ("accounts.seal", forgotten_target(*pair))) for pair in sorted(counts.items())]
        audit.record_many(lines=lines, by=by, at=now)
    return counts.total()


def accept_restore(*, why: str, by: Person | Actor, now: datetime, paths: Sequence[Path] | None = None) -> int:
    """Let the anchors go on with the chain that is in the database now, and say so there and in the trail.

    Returns the number of the newest seal that both knew. ``why`` is kept in the anchor (500 characters).
    """
    seal_all(now=now)
    newest = Seal.objects.order_by("-number").first()
    common = 0
    for path in anchors.places() if paths is None else paths:
        shared = _last_shared(anchors.read(path) or anchors.Anchored())
        anchor.accept(path, number=shared, why=why, at=now)
        if newest is not None:
            anchor.extend(path, number=newest.number, digest=bytes(newest.digest), at=now)
        common = max(common, shared)
    audit.record(act=RESTORED, by=by, target=("accounts.seal", str(common)), at=now)
    return common


def verify_daily(*, now: datetime) -> bool:
    """Look at everything once a night, and tell whether; the outcome is a line of the trail."""
    last = chain.last_look()
    if not is_look_due(last.at if last else None, timezone.localtime(now)):
        return False
    verdict = chain.look()
    seal = verdict.last if verdict.holds else verdict.broken[0].seal
    for one in verdict.broken:
        log.error("not as it was sealed: seal %s, %s %s: %s", one.seal, one.stream, one.row, one.what)
    act = VERIFIED if verdict.holds else BROKEN
    audit.record(act=act, by=THE_SYSTEM, target=("accounts.seal", str(seal)), at=now)
    return True


def is_cut() -> bool:
    """Whether an anchor knows a seal that is not in the database, as after a backup was put back."""
    heard = [last for path in anchors.places() if (last := anchors.newest(path))]
    return not all(_is_of_this_chain(last) for last in heard)


def _write_down(path: Path, newest: Seal, now: datetime) -> None:
    try:
        anchor.extend(path, number=newest.number, digest=bytes(newest.digest), at=now)
    except OSError:
        log.exception("the anchor %s could not be written; trying again", path)


def _last_shared(known: anchors.Anchored) -> int:
    """The newest seal that an anchor knows before the first one that is not in the database so; 0 without any."""
    missing = dict(known.digests)
    for number, digest in Seal.objects.values_list("number", "digest").iterator():
        if missing.get(number) == bytes(digest):
            del missing[number]
    first = min(missing, default=None)
    return max((number for number in known.digests if first is None or number < first), default=0)


def _is_of_this_chain(last: tuple[int, bytes]) -> bool:
    number, digest = last
    return number == 0 or _holds(number, digest)


def _holds(number: int, digest: bytes) -> bool:
    kept = Seal.objects.filter(number=number).values_list("digest", flat=True).first()
    return kept is not None and bytes(kept) == digest


def _seal_now(rows: Any, now: datetime) -> None:
    for _try in range(TRIES):
        if not rows.exists():
            return
        seal_all(now=now)
    raise Unsealed


def _next_seal(stream: Stream, now: datetime, using: str, most: int) -> Seal | None:
    manager = stream.model._base_manager.using(using)
    if not manager.filter(seal=None).exists():  # asked first without the lock that writing takes
        return None
    try:
        with transaction.atomic(using=using):
            last = Seal.objects.using(using).select_for_update().order_by("-number").first()
            values = manager.filter(seal=None).order_by("pk").values_list(*stream.columns)[:most]
            rows = [_with_digest(stream, Row.of(stream, value), using) for value in values]
            if not rows:
                return None
            number = last.number + 1 if last else 1
            batch = Batch(number, stream.name, now, len(rows), root(row.leaf for row in rows))
            digest = link(bytes(last.digest) if last else b"", batch)
            seal = Seal(number=number, stream=stream.name, at=now, count=batch.count, root=batch.root, digest=digest)
            seal.save(force_insert=True, using=using)
            manager.filter(pk__in=[row.key for row in rows]).update(seal=seal)
            return seal
    except IntegrityError:
        log.info("another process seals just now")
        return None


def _with_digest(stream: Stream, row: Row, using: str) -> Row:
    """A row from before there were seals has no digest yet; it is sealed as it stands."""
    if row.digest:
        return row
    salt = row.salt or os.urandom(SALT_BYTES)
    digest = content_digest(salt, *row.content)
    stream.model._base_manager.using(using).filter(pk=row.key).update(salt=salt, digest=digest)
    return Row(row.header, row.content, salt, digest, row.seal, row.key)
