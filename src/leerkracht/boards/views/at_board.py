"""What a page at a desk and a screen in the room share: somebody at one board, and one way to ask for a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from leerkracht.core.queries.words import fill, say
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.reads import tell_shown
from leerkracht.organisations.permissions import is_of_school

from ..models import Board
from ..queries.actors import Entry
from ..queries.state import state_of
from ..rules.entities import BoardState
from ..rules.operations import Operation
from ..services import operations
from ..services.operations import Result


@dataclass
class AtBoard:
    """Somebody at one board: who came in, and what hangs there now."""

    request: HttpRequest
    entry: Entry
    now: datetime

    @property
    def board(self) -> Board:
        return self.entry.board

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def can_edit(self) -> bool:
        return self.entry.can_edit and self.board.archived_at is None

    @cached_property
    def state(self) -> BoardState:
        return state_of(self.board)

    def apply(self, asked: Sequence[Operation]) -> list[Result]:
        """Ask for changes; ``tell`` says what the rules answered."""
        return operations.apply(board_id=self.board.pk, by=self.entry.actor, operations=asked, now=self.now)

    def tell(self, results: Sequence[Result]) -> None:
        """Put what the rules said about ``results`` among the page's messages."""
        for result in results:
            if result.refusal is not None:
                messages.error(self.request, say(result.refusal))
            for caution in result.cautions:
                messages.warning(self.request, fill(caution.message, caution.values))


def tell_outsider(request: HttpRequest, entry: Entry, now: datetime) -> None:
    """Announce a page of a board to who only reads along, from outside the school."""
    if entry.person is None or entry.can_edit:
        return
    if not is_of_school(entry.person, entry.board.school_id, timezone.localdate(now)):
        tell_shown(request, gettext_noop("Bord van een team"), school=entry.board.school_id)
