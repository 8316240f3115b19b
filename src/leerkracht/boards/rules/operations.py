"""What may be asked of a board. One class per kind of operation; the class is its payload and its documentation.

The wire form is ``{"id": UUID, "kind": "action.add", "payload": {...}}``. ``id`` is made by the client and is the
idempotency key; ids of new cards are made by the client too, so that a device without a network can go on.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

# Wire limits keep a hostile client's megabytes out; the rules refuse sooner, in words.
Text = Annotated[str, Meta(max_length=2000)]
Number = Annotated[float, Meta(ge=-1e9, le=1e9)]
Person = Annotated[int, Meta(ge=1, le=2**62)]


class Payload(Struct, forbid_unknown_fields=True, kw_only=True):
    """Base of all payloads; ``KIND`` is the name on the wire."""

    KIND: ClassVar[str] = ""


class OpenBoard(Payload):
    """Hang the sections of the method on an empty board; the first line of every log."""

    KIND: ClassVar[str] = "board.open"


class AddSection(Payload):
    KIND: ClassVar[str] = "section.add"
    id: UUID
    title: Text


class RenameSection(Payload):
    KIND: ClassVar[str] = "section.rename"
    id: UUID
    title: Text


class HideSection(Payload):
    KIND: ClassVar[str] = "section.hide"
    id: UUID


class ShowSection(Payload):
    KIND: ClassVar[str] = "section.show"
    id: UUID


class MoveSection(Payload):
    """``after`` is the section to stand behind; ``None`` is the front."""

    KIND: ClassVar[str] = "section.move"
    id: UUID
    after: UUID | None = None


class AddGoal(Payload):
    """A new goal is a draft until ``goal.place``."""

    KIND: ClassVar[str] = "goal.add"
    id: UUID
    text: Text
    measure: Text = ""
    unit: Text = ""
    baseline: Number | None = None
    target: Number | None = None
    start_date: date | None = None
    end_date: date | None = None
    theme: int | None = None


class EditGoal(Payload):
    KIND: ClassVar[str] = "goal.edit"
    id: UUID
    text: Text | UnsetType = UNSET
    measure: Text | UnsetType = UNSET
    unit: Text | UnsetType = UNSET
    baseline: Number | UnsetType | None = UNSET
    target: Number | UnsetType | None = UNSET
    start_date: date | UnsetType | None = UNSET
    end_date: date | UnsetType | None = UNSET
    theme: int | UnsetType | None = UNSET


class PlaceGoal(Payload):
    """Put a draft on the board: it needs a measure, baseline, target and period."""

    KIND: ClassVar[str] = "goal.place"
    id: UUID


class WithdrawGoal(Payload):
    KIND: ClassVar[str] = "goal.withdraw"
    id: UUID


class MeasureGoal(Payload):
    """A moment of the whole group, never of one pupil. ``id`` is the measurement's."""

    KIND: ClassVar[str] = "goal.measure"
    id: UUID
    goal: UUID
    date: date
    value: Number
    remark: Text = ""


class CloseGoal(Payload):
    """``outcome`` is ACHIEVED, PARTLY, NOT_ACHIEVED or DROPPED; ``kept`` says what stays."""

    KIND: ClassVar[str] = "goal.close"
    id: UUID
    outcome: str
    kept: Text = ""


class ReopenGoal(Payload):
    KIND: ClassVar[str] = "goal.reopen"
    id: UUID


class AddAction(Payload):
    """One owner, one day; ``goal`` empty means organisational."""

    KIND: ClassVar[str] = "action.add"
    id: UUID
    text: Text
    owner: Person
    due_date: date
    goal: UUID | None = None


class EditAction(Payload):
    KIND: ClassVar[str] = "action.edit"
    id: UUID
    text: Text | UnsetType = UNSET
    owner: Person | UnsetType = UNSET
    due_date: date | UnsetType = UNSET
    goal: UUID | UnsetType | None = UNSET


class FinishAction(Payload):
    KIND: ClassVar[str] = "action.done"
    id: UUID


class CelebrateAction(Payload):
    """Done, and a success: makes the note ``success`` in the section of successes."""

    KIND: ClassVar[str] = "action.celebrate"
    id: UUID
    success: UUID
    text: Text = ""


class CarryAction(Payload):
    KIND: ClassVar[str] = "action.carry"
    id: UUID
    due_date: date


class DropAction(Payload):
    KIND: ClassVar[str] = "action.drop"
    id: UUID


class ReopenAction(Payload):
    KIND: ClassVar[str] = "action.reopen"
    id: UUID


class AddNote(Payload):
    """A card in any section that holds plain cards: success, planning, parked, help, own section."""

    KIND: ClassVar[str] = "note.add"
    id: UUID
    section: UUID
    text: Text
    detail: Text = ""
    person: Person | None = None
    goal: UUID | None = None
    action: UUID | None = None
    day: date | None = None
    time: Text = ""


class EditNote(Payload):
    KIND: ClassVar[str] = "note.edit"
    id: UUID
    text: Text | UnsetType = UNSET
    detail: Text | UnsetType = UNSET
    person: Person | UnsetType | None = UNSET
    goal: UUID | UnsetType | None = UNSET
    action: UUID | UnsetType | None = UNSET
    day: date | UnsetType | None = UNSET
    time: Text | UnsetType = UNSET


class OfferHelp(Payload):
    """Somebody takes a help request on."""

    KIND: ClassVar[str] = "note.offer"
    id: UUID
    person: Person


class CloseNote(Payload):
    KIND: ClassVar[str] = "note.close"
    id: UUID


class ReopenNote(Payload):
    KIND: ClassVar[str] = "note.reopen"
    id: UUID


class RemoveNote(Payload):
    """Take a card off the board; it stays in history and undo brings it back."""

    KIND: ClassVar[str] = "note.remove"
    id: UUID


class MoveCard(Payload):
    """Order a goal, action or note behind ``after`` (``None``: in front); a note may change ``section``."""

    KIND: ClassVar[str] = "card.move"
    id: UUID
    after: UUID | None = None
    section: UUID | None = None


class PlanSession(Payload):
    KIND: ClassVar[str] = "session.plan"
    id: UUID
    date: date


class StartSession(Payload):
    """Start a planned session or a new one. ``present`` are the people who are expected at the board."""

    KIND: ClassVar[str] = "session.start"
    id: UUID
    leader: Person | None = None
    timekeeper: Person | None = None
    notetaker: Person | None = None
    present: tuple[Person, ...] = ()


class StepSession(Payload):
    """Go to ``step`` on every screen; to the step it is at already changes nothing."""

    KIND: ClassVar[str] = "session.step"
    id: UUID
    step: str


class AssignRoles(Payload):
    KIND: ClassVar[str] = "session.roles"
    id: UUID
    leader: Person | UnsetType | None = UNSET
    timekeeper: Person | UnsetType | None = UNSET
    notetaker: Person | UnsetType | None = UNSET


class MarkPresent(Payload):
    KIND: ClassVar[str] = "session.present"
    id: UUID
    person: Person
    is_present: bool = True


class RoundOff(Payload):
    """One top and one tip for whoever led."""

    KIND: ClassVar[str] = "session.round_off"
    id: UUID
    top: Text | UnsetType = UNSET
    tip: Text | UnsetType = UNSET


class PauseSession(Payload):
    """End the first sitting; the second (part-timers) goes on with the same record."""

    KIND: ClassVar[str] = "session.pause"
    id: UUID
    next_date: date | None = None


class ResumeSession(Payload):
    KIND: ClassVar[str] = "session.resume"
    id: UUID
    leader: Person | None = None
    timekeeper: Person | None = None
    notetaker: Person | None = None
    present: tuple[Person, ...] = ()


class CloseSession(Payload):
    KIND: ClassVar[str] = "session.close"
    id: UUID
    next_date: date | None = None


class SkipSession(Payload):
    KIND: ClassVar[str] = "session.skip"
    id: UUID
    date: date
    reason: Text


class NewYear(Payload):
    """Carry the board to a new school year: ``keep`` stays, the rest goes to the archive."""

    KIND: ClassVar[str] = "board.new_year"
    keep: tuple[UUID, ...] = ()


class Undo(Payload):
    """Take back operation ``operation`` where nothing has changed since."""

    KIND: ClassVar[str] = "undo"
    operation: UUID


class Internal(Payload):
    """Base of what the product itself writes in the log: nobody may ask it over the wire."""


class MovePerson(Internal):
    """Two persons were one: what was ``gone``'s is ``kept``'s (or back again)."""

    KIND: ClassVar[str] = "person.move"
    kept: Person
    gone: Person


PAYLOADS: dict[str, type[Payload]] = {kind.KIND: kind for kind in Payload.__subclasses__() if kind.KIND}


class Operation(Struct, frozen=True):
    """One operation as asked: its id, and what."""

    id: UUID
    payload: Payload

    @property
    def kind(self) -> str:
        return self.payload.KIND


class Malformed(Refusal):
    """The operation cannot be read; a fault of the sending program, so the reason names the field."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            "malformed",
            _("Dit kon het bord niet lezen (%(detail)s). Ververs de pagina en doe het nog eens."),
            detail=detail,
        )


class _Envelope(Struct, frozen=True):
    id: UUID
    kind: str
    payload: msgspec.Raw = msgspec.Raw(b"{}")


_ENVELOPE = msgspec.json.Decoder(_Envelope)
_DECODERS = {kind: msgspec.json.Decoder(payload) for kind, payload in PAYLOADS.items()}


def read(raw: bytes | msgspec.Raw) -> Operation:
    """Read one operation from JSON, or raise ``Malformed`` with the field that is wrong."""
    try:
        envelope = _ENVELOPE.decode(raw)
        decoder = _DECODERS.get(envelope.kind)
        if decoder is None:
            raise Malformed(f"kind: {envelope.kind[:40]}")
        return Operation(envelope.id, decoder.decode(envelope.payload))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed(str(error)[:200]) from error
