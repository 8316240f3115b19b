"""When a room below changes: hang up boards for a new team, end streams when rights may have ended."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor
from leerkracht.core.live.hub import hub
from leerkracht.core.signals import sign_in_ended
from leerkracht.organisations.models import RoleAssignment, Team, TeamMembership
from leerkracht.organisations.services.teams import team_added, team_archived, team_restored

from .models import Board
from .queries.actors import forget_sign_in, forget_sign_ins
from .rules.wire import topic_of, topic_of_sign_in
from .services import practice, setup


@receiver(team_added)
def hang_boards(team: Team, by: Person | Actor, now: datetime, **kwargs: Any) -> None:
    for board in setup.open_team_boards(team=team, by=by, now=now):
        if board.kind == Board.Kind.PRACTICE:
            practice.fill_practice_board(board=board, by=by, now=now)


@receiver(team_archived)
def put_boards_away(team: Team, by: Person | Actor, now: datetime, **kwargs: Any) -> None:
    setup.archive_team_boards(team=team, by=by, now=now)


@receiver(team_restored)
def bring_boards_back(team: Team, by: Person | Actor, now: datetime, **kwargs: Any) -> None:
    setup.restore_team_boards(team=team, by=by, now=now)


@receiver(post_save, sender=TeamMembership)
def member_changed(instance: TeamMembership, **kwargs: Any) -> None:
    _look_again(Q(team=instance.team_id))


@receiver(post_save, sender=RoleAssignment)
def role_changed(instance: RoleAssignment, **kwargs: Any) -> None:
    if instance.school_id is not None:
        _look_again(Q(school=instance.school_id))


@receiver(sign_in_ended)
def close_streams(session_key: str, **kwargs: Any) -> None:
    """Nothing that was opened by a sign-in outlives it; on other nodes it is asked anew within five minutes."""
    forget_sign_in(session_key)
    hub.close_all(topic_of_sign_in(session_key))


def _look_again(boards: Q) -> None:
    """After the commit every screen of these boards asks anew whether it may look."""
    topics = {topic_of(pk) for pk in Board.objects.filter(boards).values_list("pk", flat=True)} & set(hub.topics())
    if topics:
        transaction.on_commit(partial(_close, topics))


def _close(topics: set[str]) -> None:
    forget_sign_ins()
    for topic in topics:
        hub.close_all(topic)
