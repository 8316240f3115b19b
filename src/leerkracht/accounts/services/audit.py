"""Write the trail of what was done: one line per act, ids only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.accounts.rules import Actor, person_actor


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
    actor = person_actor(by.pk) if isinstance(by, Person) else by
    kind, key = target if isinstance(target, tuple) else (target._meta.label_lower, str(target.pk))
    return AuditEntry.objects.create(
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        act=act,
        target_kind=kind,
        target_id=key[:36],
        school_id=_key(school),
        governing_body_id=_key(governing_body),
    )


@dataclass(frozen=True)
class Line:
    """One of many acts: ``target`` is kind and id."""

    act: str
    target: tuple[str, str]
    school: int | None = None
    governing_body: int | None = None


def record_many(*, lines: Sequence[Line], by: Person | Actor, at: datetime) -> None:
    """Add a line for each act of one transaction, in a few statements."""
    actor = person_actor(by.pk) if isinstance(by, Person) else by
    entries = [
        AuditEntry(
            at=at,
            actor_kind=actor.kind,
            actor_id=actor.id,
            act=line.act,
            target_kind=line.target[0],
            target_id=line.target[1],
            school_id=line.school,
            governing_body_id=line.governing_body,
        )
        for line in lines
    ]
    AuditEntry.objects.bulk_create(entries, batch_size=500)


def _key(place: Model | int | None) -> int | None:
    return place.pk if isinstance(place, Model) else place
