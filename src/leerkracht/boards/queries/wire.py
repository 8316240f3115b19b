"""The page's JSON: everything a screen needs to draw a board and follow it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils import timezone

from leerkracht.organisations.models import TeamMembership
from leerkracht.organisations.permissions import during

from ..models import Board
from ..rules.entities import ENTITIES, STEPS, BoardState
from . import boards
from .actors import Entry
from .state import state_of


def page_data(entry: Entry, now: datetime) -> dict[str, Any]:
    """Plain values for ``json_script``: board, state up to ``seq``, people, who looks, and where to send to."""
    board, today = entry.board, timezone.localdate(now)
    state = state_of(board)
    return {
        "board": _board(board),
        "seq": state.seq,
        "state": state_data(state, session=entry.session),
        "people": people_data(board, now),
        "me": {"kind": entry.kind, "person": entry.person.pk if entry.person else None},
        "can_edit": entry.can_edit and board.archived_at is None,
        "today": today.isoformat(),
        "now": now.isoformat(),
        "steps": list(STEPS),
        "api": api_of(board),
    }


def state_data(state: BoardState, *, session: UUID | None = None) -> dict[str, Any]:
    """Every card by kind and id, in JSON's own types; of the sessions only ``session``, where one is named."""
    rows = {name: {str(key): row for key, row in state.rows(name).items()} for name in ENTITIES}
    if session is not None:
        rows["session"] = {key: row for key, row in rows["session"].items() if row.id == session}
        rows["attendance"] = {key: row for key, row in rows["attendance"].items() if row.session == session}
    plain: dict[str, Any] = msgspec.to_builtins(rows)
    return plain


def people_data(board: Board, now: datetime) -> dict[str, dict[str, Any]]:
    """Who belongs at this board: name, first name, initials, work days (bit 0 is Monday; 31 outside the team)."""
    today = timezone.localdate(now)
    days = dict(
        TeamMembership.objects.filter(during(today), team=board.team_id).values_list("person", "work_days")
        if board.team_id
        else ()
    )
    return {
        str(person.pk): {
            "name": str(person),
            "first": person.first_name,
            "initials": person.initials,
            "days": days.get(person.pk, TeamMembership.EVERY_DAY),
            "in_team": person.pk in days,
        }
        for person in boards.members_of(board, today).order_by("name", "pk")
    }


def api_of(board: Board) -> dict[str, str]:
    """Addresses of the hot path, which Django's url table does not know."""
    base = f"/api/boards/{board.pk}"
    return {
        "operations": f"{base}/operations",
        "check_in": f"{base}/check-in",
        "state": f"{base}/state",
        "live": f"/live/boards/{board.pk}",
    }


def _board(board: Board) -> dict[str, Any]:
    return {
        "id": board.pk,
        "kind": board.kind,
        "team": board.team.name if board.team else "",
        "school": board.school.name,
        "archived": board.archived_at is not None,
    }
