"""Plain cards: successes, planning, parked topics, help requests, and a team's own sections."""

from __future__ import annotations

import re
from typing import Any

from msgspec import UNSET

from leerkracht.core.rules import gettext_noop as _

from ..entities import BoardState, Change, Note
from ..fold import added, changed
from ..operations import AddNote, CloseNote, EditNote, OfferHelp, RemoveNote, ReopenNote
from ..refusals import OperationRefused
from . import context as ctx
from .context import Context

PLAIN_SECTIONS = ("SUCCESSES", "PLANNING", "PARKED", "HELP", "CUSTOM")
_TIME = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$")


def add(op: AddNote, state: BoardState, context: Context) -> list[Change]:
    ctx.check_new(state, op.id)
    section = ctx.find(state.section, op.section)
    if section.kind not in PLAIN_SECTIONS:
        raise OperationRefused("no_plain_cards", _("In dit vak hangen geen losse kaarten. Kies een ander vak."))
    position = ctx.last_position([n.position for n in state.note.values()])
    fields = _fields(op, state, context)
    return [added(Note(id=op.id, section=section.id, made_at=context.now, position=position, **fields))]


def edit(op: EditNote, state: BoardState, context: Context) -> list[Change]:
    note = ctx.find(state.note, op.id)
    return changed(note, **_fields(op, state, context))


def offer(op: OfferHelp, state: BoardState, context: Context) -> list[Change]:
    note = ctx.find(state.note, op.id)
    ctx.check_member(op.person, context)
    if state.section[note.section].kind != "HELP":
        raise OperationRefused("no_help_request", _("Dit is geen hulpvraag. Schrijf je aanbod op de kaart zelf."))
    return changed(note, person=op.person, state="OFFERED")


def close(op: CloseNote, state: BoardState, context: Context) -> list[Change]:
    return changed(ctx.find(state.note, op.id), state="CLOSED")


def reopen(op: ReopenNote, state: BoardState, context: Context) -> list[Change]:
    return changed(ctx.find(state.note, op.id), state="OPEN")


def remove(op: RemoveNote, state: BoardState, context: Context) -> list[Change]:
    return changed(ctx.find(state.note, op.id), on_board=False)


def _fields(op: AddNote | EditNote, state: BoardState, context: Context) -> dict[str, Any]:
    raw = {name: getattr(op, name) for name in ("text", "detail", "person", "goal", "action", "day", "time")}
    fields = {name: value for name, value in raw.items() if value is not UNSET}
    if "text" in fields:
        fields["text"] = ctx.line(fields["text"], _("kaart"))
    if "detail" in fields:
        fields["detail"] = ctx.line(fields["detail"], _("toelichting"), limit=ctx.PARAGRAPH, required=False)
    if "time" in fields:
        fields["time"] = _clock(fields["time"])
    ctx.check_member(fields.get("person"), context)
    if fields.get("goal") is not None:
        ctx.find(state.goal, fields["goal"])
    if fields.get("action") is not None:
        ctx.find(state.action, fields["action"])
    return fields


def _clock(text: str) -> str:
    if not text.strip():
        return ""
    found = _TIME.match(text.strip())
    if not found:
        raise OperationRefused("no_time", _("Schrijf de tijd als 14:30."))
    return f"{int(found[1]):02d}:{found[2]}"


RULES: dict[type, Any] = {
    AddNote: add,
    EditNote: edit,
    OfferHelp: offer,
    CloseNote: close,
    ReopenNote: reopen,
    RemoveNote: remove,
}
