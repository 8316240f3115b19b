"""The description of the boards' JSON endpoints, made from the same classes that read the requests."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from leerkracht.core.views.access import public

from ..rules.operations import PAYLOADS
from ..rules.wire import Event, Standing


@public("a description of addresses, without anybody's data")
@require_GET
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(document())


def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    kinds = list(PAYLOADS.values())
    _, components = msgspec.json.schema_components(
        [*kinds, Event, Standing], ref_template="#/components/schemas/{name}"
    )
    for kind in kinds:
        components[f"{kind.__name__}Operation"] = _operation(kind)
    components |= {"Operations": _ASKED, "Operation": _one_of(kinds), "Answers": _ANSWERS, "No": _NO}
    return {
        "openapi": "3.1.0",
        "info": {"title": "leerkracht: boards", "version": "1", "description": _ABOUT},
        "paths": _paths(),
        "components": {"schemas": components},
    }


def _operation(kind: type) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["id", "kind", "payload"],
        "properties": {
            "id": {"type": "string", "format": "uuid", "description": "made by the client; the idempotency key"},
            "kind": {"const": kind.KIND},  # type: ignore[attr-defined]
            "payload": {"$ref": f"#/components/schemas/{kind.__name__}"},
        },
    }


def _one_of(kinds: list[Any]) -> dict[str, Any]:
    return {"oneOf": [{"$ref": f"#/components/schemas/{kind.__name__}Operation"} for kind in kinds]}


def _paths() -> dict[str, Any]:
    board = {"name": "board", "in": "path", "required": True, "schema": {"type": "integer"}}
    after = {"name": "after", "in": "query", "schema": {"type": "integer"}, "description": "last line already seen"}
    return {
        "/api/boards/{board}/operations": {
            "post": _call("Apply operations in order", "Answers", body="Operations") | {"parameters": [board]}
        },
        "/api/boards/{board}/check-in": {
            "post": _call("Count one tap; nothing is stored", "Standing", body="Tap") | {"parameters": [board]}
        },
        "/api/boards/{board}/state": {"get": _call("The board as its page carries it", None) | {"parameters": [board]}},
        "/live/boards/{board}": {
            "get": _call("Server-sent events: operation, check-in, reload, closed", "Event", media="text/event-stream")
            | {"parameters": [board, after]}
        },
    }


def _call(
    summary: str, answer: str | None, *, body: str | None = None, media: str = "application/json"
) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{answer}"} if answer else {"type": "object"}
    bodies = {"Operations": {"$ref": "#/components/schemas/Operations"}, "Tap": _TAP}
    call: dict[str, Any] = {
        "summary": summary,
        "responses": {
            "200": {"description": "done", "content": {media: {"schema": schema}}},
            "4XX": {"description": "refused, with the reason", "content": {"application/json": {"schema": _NO}}},
        },
    }
    if body:
        call["requestBody"] = {"required": True, "content": {"application/json": {"schema": bodies[body]}}}
    return call


_ABOUT = (
    "A board is a log. Every change is an operation with an id made by the client; sending it again is safe and is "
    "answered with the place it has. Operations are answered one by one: APPLIED, ALREADY_APPLIED or REFUSED with a "
    "reason in the reader's language. Callers are a signed-in person, a board device or a session guest, by cookie."
)
_TAP = {
    "type": "object",
    "required": ["mood"],
    "properties": {"mood": {"enum": [1, 2, 3], "description": "low, neutral, happy"}},
}
_ASKED = {
    "type": "object",
    "required": ["operations"],
    "properties": {
        "operations": {"type": "array", "maxItems": 200, "items": {"$ref": "#/components/schemas/Operation"}}
    },
}
_ANSWERS = {
    "type": "object",
    "properties": {
        "seq": {"type": "integer"},
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "status"],
                "properties": {
                    "id": {"type": "string"},
                    "status": {"enum": ["APPLIED", "ALREADY_APPLIED", "REFUSED"]},
                    "seq": {"type": ["integer", "null"]},
                    "code": {"type": ["string", "null"]},
                    "reason": {"type": ["string", "null"]},
                    "cautions": {"type": "array", "items": {"type": "object"}},
                },
            },
        },
    },
}
_NO = {
    "type": "object",
    "required": ["code", "reason"],
    "properties": {"code": {"type": "string"}, "reason": {"type": "string"}},
}
