"""What the pages of one board share: who looks at it, its frame, and one way to ask for a change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from leerkracht.accounts.models import Person

from ..forms.cards import Around
from ..models import Board, Theme
from ..queries import page as pages
from ..queries.actors import Caller, entry_for
from ..queries.themes import adopted_themes
from ..queries.words import sector_words
from .at_board import AtBoard, tell_outsider

# In a row of tabs "bord van het" is said by the row.
TAB_WORDS = {Board.Kind.IMPLEMENTATION: gettext_lazy("Implementatieteam")}


@dataclass
class Desk(AtBoard):
    """One board as one signed-in person has it before them."""

    @property
    def person(self) -> Person:
        return cast(Person, self.request.user)

    @cached_property
    def members(self) -> dict[int, Person]:
        return pages.members_on(self.board, self.today)

    @cached_property
    def people(self) -> dict[int, Person]:
        return pages.people_of(self.state, self.members)

    @cached_property
    def themes(self) -> list[Theme]:
        return adopted_themes(self.board.team_id)

    @cached_property
    def siblings(self) -> list[Board]:
        return pages.siblings_of(self.board, self.person, self.today, can_edit=self.entry.can_edit)

    @cached_property
    def around(self) -> Around:
        """What the forms choose from: members only, as the rules want it."""
        return Around(
            state=self.state,
            people=self.members,
            themes=self.themes,
            words=sector_words(self.board.school.sector),
            today=self.today,
            next_session=pages.next_session(self.board, self.state, self.today),
            me=self.person.pk if self.person.pk in self.members else None,
        )

    def frame(self, **more: Any) -> dict[str, Any]:
        """The context that every page of a board needs."""
        return {
            "board": self.board,
            "can_edit": self.can_edit,
            "today": self.today,
            "tabs_of_team": self._tabs,
            "practice": next((b for b in self.siblings if b.kind == Board.Kind.PRACTICE), None),
        } | more

    def refuse(self, words: str) -> None:
        messages.error(self.request, words)

    def _tabs(self) -> list[dict[str, Any]]:
        return [self._tab(board) for board in self.siblings]

    def _tab(self, board: Board) -> dict[str, Any]:
        return {
            "label": TAB_WORDS.get(Board.Kind(board.kind)) or _sentence(str(board.get_kind_display())),
            "href": reverse("boards:board", args=[board.pk]),
            "is_current": board.pk == self.board.pk,
        }


def desk_of(request: HttpRequest, board_id: int, action: str = "view") -> Desk:
    """Open the board for who is signed in; a wall's or guest's cookie opens none of these pages."""
    now = timezone.now()
    entry = entry_for(Caller({}, person=cast(Person, request.user)), board_id, action, now)
    tell_outsider(request, entry, now)
    return Desk(request, entry, now)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
