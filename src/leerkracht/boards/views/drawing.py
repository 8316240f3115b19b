"""Cards and forms as HTML, kept in memory for as long as the board, the day and the names on it stay the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from ..models import Board
from ..queries import page as pages
from ..queries.card_words import card_words
from ..queries.history_words import did_words
from ..queries.rhythm import strip_for
from ..rules.entities import BoardState
from .desk import Desk
from .dialogs import dialogs

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
    return _kept_or_drawn("boards/_columns.html", desk, lambda: drawing_context(desk))


def head_html(desk: Desk) -> SafeString:
    """Tabs, theme, menu and the one large key above the board."""
    return _kept_or_drawn(
        "boards/_board_head.html",
        desk,
        lambda: desk.frame(themes=pages.running_themes(desk.themes, desk.today), session=desk.state.current_session()),
    )


def dialogs_html(desk: Desk) -> SafeString:
    """The forms and the menu that all cards share; the page's script fills in whose they are."""
    return _kept_or_drawn("boards/_board_dialogs.html", desk, lambda: dialogs(desk))


def blanks_html(desk: Desk) -> SafeString:
    """What the page's script needs to draw: an empty card, messages, and every word that a card can say."""
    return _kept_or_drawn(
        "boards/_board_blanks.html", desk, lambda: {"card_words": _words(), "can_edit": desk.can_edit}
    )


def _words() -> dict[str, str]:
    return card_words() | pages.count_words() | did_words()


def _kept_or_drawn(template: str, desk: Desk, context: Callable[[], dict[str, Any]]) -> SafeString:
    board = desk.board
    names = tuple((key, str(person), key in desk.members) for key, person in desk.people.items())
    themes = tuple((theme.pk, theme.title, theme.state) for theme in desk.themes)
    beside = tuple(sibling.pk for sibling in desk.siblings)
    who = (get_language(), desk.can_edit, board.school.sector, names, themes, beside)
    key = (template, board.pk, board.last_operation, desk.today, who)
    text = kept.get(key)
    if text is None:
        text = render_to_string(template, context())
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
