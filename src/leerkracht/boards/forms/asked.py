"""An operation asked by a plain form: field names are those of the payload, so that a form works without a script."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.http import QueryDict

from ..rules.operations import PAYLOADS, Malformed, Operation


def read_form(post: QueryDict, *, allowed: Collection[str]) -> Operation:
    """Read kind and payload from a posted form, or raise ``Malformed``. ``op`` is its id: sent twice, done once."""
    kind = post.get("kind", "")
    if kind not in allowed:
        raise Malformed(f"kind: {kind[:40]}")
    return Operation(id_of(post.get("op")), payload_of(kind, post))


def payload_of(kind: str, post: QueryDict) -> Any:
    """Build the payload of ``kind``; an empty field is nobody where a change may say so, else not filled in."""
    payload = PAYLOADS[kind]
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(payload):
        if field.name not in post:
            continue
        value = _value(field, post)
        if value is not None or field.default is msgspec.UNSET:
            values[field.name] = value
    try:
        return msgspec.convert(values, payload, strict=False)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)[:200]) from error


def id_of(text: str | None) -> UUID:
    """The id that the page gave to this form, or a new one."""
    try:
        return UUID(text or "")
    except ValueError:
        return uuid4()


def _value(field: msgspec.structs.FieldInfo, post: QueryDict) -> Any:
    if "tuple" in str(field.type):
        return post.getlist(field.name)
    text = post[field.name]
    return text if text or field.name in TEXTS else None


TEXTS = frozenset({"text", "detail", "top", "tip", "remark", "kept", "measure", "reason", "time"})
