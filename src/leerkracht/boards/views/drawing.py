"""The cards as HTML, kept in memory for as long as the board, the day and the names on it stay the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from ..models import Board
from ..queries import page as pages
from ..queries.rhythm import strip_for
from ..rules.entities import BoardState
from .desk import Desk

KEPT_PAGES = 400
# The organisational and the practice board have no weekly session that could be missed.
WITH_RHYTHM = (Board.Kind.IMPROVEMENT, Board.Kind.IMPLEMENTATION)


class _Kept:
    """Texts by key, the least recently used goes first."""

    def __init__(self, size: int) -> None:
        self._size, self._texts, self._lock = size, OrderedDict[Hashable, str](), threading.Lock()

    def get(self, key: Hashable) -> str | None:
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
            return self._texts.get(key)

    def put(self, key: Hashable, text: str) -> None:
        with self._lock:
            self._texts[key] = text
            while len(self._texts) > self._size:
                self._texts.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._texts.clear()


kept = _Kept(KEPT_PAGES)


def columns_html(desk: Desk) -> SafeString:
    """The columns of the board as it hangs now."""
    board = desk.board
    names = tuple((key, str(person), person.initials) for key, person in desk.people.items())
    key = (board.pk, board.last_operation, get_language(), desk.can_edit, desk.today, board.school.sector, names)
    text = kept.get(key)
    if text is None:
        text = render_to_string("boards/_columns.html", drawing_context(desk))
        kept.put(key, text)
    return mark_safe(text)


def drawing_context(desk: Desk, state: BoardState | None = None, on: date | None = None) -> dict[str, Any]:
    """What ``_columns.html`` needs; with ``state`` and ``on`` the board as it was that day."""
    is_past = state is not None
    page = pages.page_of(desk.board, state or desk.state, desk.people, on or desk.today)
    home = reverse("boards:board", args=[desk.board.pk])
    return {
        "board": desk.board,
        "page": page,
        "cards_url": f"{home}cards/",
        "new_url": f"{home}new/",
        "of_goal": gettext("bij doel"),
        "more_words": gettext("Meer met"),
        "can_edit": desk.can_edit and not is_past,
        "is_past": is_past,
        "strip": None if is_past or desk.board.kind not in WITH_RHYTHM else strip_for(desk.board, desk.today),
    }
