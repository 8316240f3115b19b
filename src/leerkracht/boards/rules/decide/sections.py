"""The layout of a board: rename, hide, order and add sections."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from leerkracht.core.rules import gettext_noop as _

from ..entities import BoardState, Change, Section
from ..fold import added, changed
from ..operations import AddSection, HideSection, MoveSection, OpenBoard, RenameSection, ShowSection
from ..refusals import OperationRefused
from . import context as ctx
from .context import Context

MOST_SECTIONS = 14
METHOD_SECTIONS = ("CHECK_IN", "SUCCESSES", "GOALS", "ACTIONS", "PLANNING", "PARKED", "HELP")


def open_board(op: OpenBoard, state: BoardState, context: Context) -> list[Change]:
    if state.section:
        return []
    kinds = [kind for kind in METHOD_SECTIONS if kind != "GOALS" or context.board_kind != "ORGANISATIONAL"]
    return [
        added(Section(id=uuid5(context.operation, kind), kind=kind, position=float(place)))
        for place, kind in enumerate(kinds, start=1)
    ]


def add(op: AddSection, state: BoardState, context: Context) -> list[Change]:
    ctx.check_new(state, op.id)
    _check_room(state)
    title = ctx.line(op.title, "titel", limit=ctx.TITLE)
    position = ctx.last_position([s.position for s in state.section.values()])
    return [added(Section(id=op.id, kind="CUSTOM", title=title, position=position))]


def rename(op: RenameSection, state: BoardState, context: Context) -> list[Change]:
    section = ctx.find(state.section, op.id)
    # An empty title brings the method's own name back; an own section has no other name.
    title = ctx.line(op.title, "titel", limit=ctx.TITLE, required=section.kind == "CUSTOM")
    return changed(section, title=title)


def hide(op: HideSection, state: BoardState, context: Context) -> list[Change]:
    return changed(ctx.find(state.section, op.id), is_hidden=True)


def show(op: ShowSection, state: BoardState, context: Context) -> list[Change]:
    section = ctx.find(state.section, op.id)
    if section.is_hidden:
        _check_room(state)
    return changed(section, is_hidden=False)


def move(op: MoveSection, state: BoardState, context: Context) -> list[Change]:
    ctx.find(state.section, op.id)
    places = ctx.places_after([(s.id, s.position) for s in state.section.values()], op.id, op.after)
    return [change for key, position in places.items() for change in changed(state.section[key], position=position)]


def _check_room(state: BoardState) -> None:
    if sum(not section.is_hidden for section in state.section.values()) >= MOST_SECTIONS:
        raise OperationRefused(
            "too_many_sections",
            _("Er passen %(limit)s vakken op een bord. Verberg of hernoem er eerst een."),
            limit=MOST_SECTIONS,
        )


RULES: dict[type, Any] = {
    OpenBoard: open_board,
    AddSection: add,
    RenameSection: rename,
    HideSection: hide,
    ShowSection: show,
    MoveSection: move,
}
