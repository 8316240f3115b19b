"""Find the session that a code on the wall opens."""

from __future__ import annotations

from uuid import UUID

from ..models import BoardSession
from ..rules.entities import UNDERWAY


def session_of_code(code: str) -> BoardSession | None:
    """Return the running session of this code, however it was typed; ``None`` when there is none (any more)."""
    clean = "".join(letter for letter in code.lower() if letter.isalnum())[:16]
    sessions = BoardSession.objects.filter(join_code=clean, state__in=UNDERWAY)
    return sessions.select_related("board__team", "board__school").first()


def code_of(session_id: UUID) -> str:
    """The code on the wall of this session."""
    return BoardSession.objects.values_list("join_code", flat=True).get(pk=session_id)


def spoken(code: str) -> str:
    """The code in two halves, as it stands on the wall."""
    return f"{code[:4]} {code[4:]}"
