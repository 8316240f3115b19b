"""Write the trail of what was done: one line per act, ids only."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Model

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.accounts.rules import Actor, person_actor
from leerkracht.core.kernel.chain import SALT_BYTES, content_digest
from leerkracht.core.registry.streams import Stream

# A row of the trail once its content is forgotten: when something was done and what, not by whom or to what.
STREAM = Stream(
    name="audit",
    model=AuditEntry,
    header=("id", "at", "act", "actor_kind"),
    emptied={"actor_id": "", "target_kind": "", "target_id": "", "school_id": None, "governing_body_id": None},
    moment="at",
)


def record(
    *,
    act: str,
    by: Person | Actor,
    target: Model | tuple[str, str],
    school: Model | int | None = None,
    governing_body: Model | int | None = None,
    at: datetime,
) -> AuditEntry:
    """Add one line; call it inside the transaction of the act, so that neither stands without the other.

    ``target`` is a row, or kind and id of what has no row (a list that was exported).
    """
    entry = _entry(Line(act, _named(target), _key(school), _key(governing_body)), by, at)
    entry.save(force_insert=True)
    return entry


def record_hourly(
    *,
    act: str,
    by: Person,
    target: Model | tuple[str, str],
    at: datetime,
    school: Model | int | None = None,
    governing_body: Model | int | None = None,
) -> AuditEntry | None:
    """Add one line, unless the same stands there since less than an hour."""
    kind, key = _named(target)
    same = AuditEntry.objects.filter(
        actor_kind=AuditEntry.ActorKind.PERSON, actor_id=str(by.pk), at__gt=at - timedelta(hours=1), act=act
    ).filter(target_kind=kind, target_id=key, school_id=_key(school), governing_body_id=_key(governing_body))
    if same.exists():
        return None
    return record(act=act, by=by, target=(kind, key), school=school, governing_body=governing_body, at=at)


@dataclass(frozen=True)
class Line:
    """One of many acts: ``target`` is kind and id."""

    act: str
    target: tuple[str, str]
    school: int | None = None
    governing_body: int | None = None


def record_many(*, lines: Sequence[Line], by: Person | Actor, at: datetime) -> None:
    """Add a line for each act of one transaction, in a few statements."""
    AuditEntry.objects.bulk_create([_entry(line, by, at) for line in lines], batch_size=500)


def _entry(line: Line, by: Person | Actor, at: datetime) -> AuditEntry:
    actor = person_actor(by.pk) if isinstance(by, Person) else by
    content = (actor.id, *line.target, line.school, line.governing_body)
    salt = os.urandom(SALT_BYTES)
    return AuditEntry(
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        act=line.act,
        target_kind=line.target[0],
        target_id=line.target[1],
        school_id=line.school,
        governing_body_id=line.governing_body,
        salt=salt,
        digest=content_digest(salt, *content),
    )


def _named(target: Model | tuple[str, str]) -> tuple[str, str]:
    kind, key = target if isinstance(target, tuple) else (target._meta.label_lower, str(target.pk))
    return kind, key[:36]


def _key(place: Model | int | None) -> int | None:
    return place.pk if isinstance(place, Model) else place
