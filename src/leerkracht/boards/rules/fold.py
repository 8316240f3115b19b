"""Fold the log into a state: live screens, history, undo and the record are all readers of the same changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from .entities import ENTITIES, NAME_OF, BoardState, Change, Entity

_FIELD_TYPES = {name: {f.name: f.type for f in msgspec.structs.fields(kind)} for name, kind in ENTITIES.items()}


def typed(change: Change) -> Change:
    """Return a change read from JSON with dates, ids and moments as Python values again."""
    types = _FIELD_TYPES[change.entity]

    def convert(values: dict[str, Any] | None) -> dict[str, Any] | None:
        return values and {k: msgspec.convert(v, types[k], strict=False) for k, v in values.items()}

    return Change(change.entity, change.id, convert(change.set) or {}, convert(change.was))


def fold(state: BoardState, changes: Iterable[Change], *, seq: int) -> BoardState:
    """Apply ``changes`` to ``state`` in place and return it, now at log line ``seq``."""
    for change in changes:
        rows = state.rows(change.entity)
        known = rows.get(change.id)
        if known is None:
            known = ENTITIES[change.entity](id=change.id, **{**(change.was or {}), **change.set})
            rows[change.id] = known
        else:
            rows[change.id] = msgspec.structs.replace(known, **change.set)
    state.seq = seq
    return state


def added(entity: Entity) -> Change:
    """The change that makes a new card."""
    fields = msgspec.structs.asdict(entity)
    fields.pop("id")
    return Change(NAME_OF[type(entity)], entity.id, fields)


def changed(entity: Entity, **fields: Any) -> list[Change]:
    """The change that gives ``entity`` these fields, or nothing where it has them already."""
    new = {name: value for name, value in fields.items() if getattr(entity, name) != value}
    if not new:
        return []
    return [Change(NAME_OF[type(entity)], entity.id, new, {name: getattr(entity, name) for name in new})]
