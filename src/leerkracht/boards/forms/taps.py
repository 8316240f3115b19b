"""One tap on a card without a form of its own: ``do=action.done/<id>`` or ``do=card.move/<id>/up``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from ..queries.page import rows_in, shown_sections
from ..rules import refusals
from ..rules.entities import BoardState
from ..rules.operations import (
    PAYLOADS,
    CarryAction,
    CelebrateAction,
    MoveCard,
    MoveSection,
    OfferHelp,
    Operation,
    Payload,
    Undo,
)

# These need no more than the card; the rest has a line of its own below.
PLAIN = frozenset(
    {
        "action.done", "action.drop", "action.reopen", "goal.place", "goal.withdraw", "goal.reopen",
        "note.close", "note.reopen", "note.remove", "section.hide", "section.show",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Tap:
    """What was pressed, by whom, on which state; ``due_date`` is where an action is carried to."""

    operation: UUID
    kind: str
    id: UUID
    rest: str
    state: BoardState
    me: int
    today: date
    due_date: date | None = None

    def asked(self) -> Operation:
        """The operation; raises ``Refusal`` where nothing of that name can be tapped."""
        # Two keys of one page share its number; each becomes an operation of its own, and the same key only one.
        key = uuid5(self.operation, f"{self.kind}/{self.id}/{self.rest}")
        return Operation(key, self._payload(key))

    def _payload(self, key: UUID) -> Payload:
        if self.kind in PLAIN:
            return PAYLOADS[self.kind](id=self.id)
        make = _MADE.get(self.kind)
        if make is None:
            raise refusals.not_on_board()
        return make(self, key)


def read_tap(text: str) -> tuple[str, UUID, str]:
    """Split ``kind/id/rest``; ``ValueError`` where it is something else."""
    kind, key, *rest = text.split("/", 2)
    return kind, UUID(key), rest[0] if rest else ""


def _celebrate(tap: Tap, key: UUID) -> Payload:
    return CelebrateAction(id=tap.id, success=uuid5(key, "success"))


def _carry(tap: Tap, key: UUID) -> Payload:
    return CarryAction(id=tap.id, due_date=tap.due_date or tap.today + timedelta(days=7))


def _offer(tap: Tap, key: UUID) -> Payload:
    return OfferHelp(id=tap.id, person=tap.me)


def _undo(tap: Tap, key: UUID) -> Payload:
    return Undo(operation=tap.id)


def _move_card(tap: Tap, key: UUID) -> Payload:
    """Up or down among its neighbours, or to the end of the section whose id is given."""
    if tap.rest not in ("up", "down"):
        target = tap.state.section.get(_uuid(tap.rest))
        if target is None:
            raise refusals.not_on_board()
        last = [row.id for row in rows_in(target, tap.state) if row.id != tap.id][-1:]
        return MoveCard(id=tap.id, section=target.id, after=last[0] if last else None)
    for section in tap.state.section.values():
        ids = [row.id for row in rows_in(section, tap.state)] if section.kind != "CHECK_IN" else []
        if tap.id in ids:
            return MoveCard(id=tap.id, after=_neighbour(ids, tap.id, tap.rest))
    raise refusals.not_on_board()


def _move_section(tap: Tap, key: UUID) -> Payload:
    ids = [section.id for section in shown_sections(tap.state)]
    if tap.id not in ids:
        raise refusals.not_on_board()
    return MoveSection(id=tap.id, after=_neighbour(ids, tap.id, tap.rest))


def _neighbour(ids: list[UUID], moving: UUID, way: str) -> UUID | None:
    """The one to stand behind after a step up or down; at the edge it stays where it is."""
    place, others = ids.index(moving), [key for key in ids if key != moving]
    target = place - 1 if way == "up" else place + 1
    target = min(max(target, 0), len(others))
    return others[target - 1] if target else None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise refusals.not_on_board() from error


_MADE: dict[str, Callable[[Tap, UUID], Payload]] = {
    "action.celebrate": _celebrate,
    "action.carry": _carry,
    "note.offer": _offer,
    "undo": _undo,
    "card.move": _move_card,
    "section.move": _move_section,
}
