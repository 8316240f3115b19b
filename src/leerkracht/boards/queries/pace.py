"""The time each step gets, from this board's own earlier sessions."""

from __future__ import annotations

from ..kernel.pace import learnt_split
from ..models import Board, BoardSession

LOOK_BACK = 8


def split_for(board: Board) -> dict[str, int]:
    """Seconds per step for the next session at ``board``; together fifteen minutes."""
    closed = BoardSession.objects.filter(board=board.pk, state=BoardSession.State.CLOSED)
    recent = closed.order_by("-started_at", "pk").values_list("spent", flat=True)[:LOOK_BACK]
    return learnt_split([sitting for spent in recent for sitting in spent.values()])
