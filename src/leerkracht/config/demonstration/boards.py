"""A lived-in term at every board of the demonstration: weekly sessions, told through the boards' own log."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from leerkracht.accounts.rules import THE_SYSTEM, Actor, person_actor
from leerkracht.boards.models import Board, Operation
from leerkracht.boards.queries.rhythm import region_of
from leerkracht.boards.rules.operations import PAYLOADS
from leerkracht.boards.rules.operations import Operation as Asked
from leerkracht.boards.services import operations, practice, themes
from leerkracht.core.kernel.periods import DAY, WEEK, SchoolYear, monday_of
from leerkracht.core.queries.calendar import calendar
from leerkracht.organisations.models import Role, RoleAssignment, TeamMembership

from . import stories
from .stories import BoardTold, NoteTold, SchoolTold
from .term import Term, due_day, school_day_after
from .world import MAIL_DOMAIN, World

SEED = 2026
MORNING = timedelta(hours=8)


def build(world: World) -> None:
    """Fill the boards of every team that has people, up to the session that is planned today."""
    told = stories.read(Path(settings.CONTENT_HOME) / "demo" / "boards.toml")
    boards = {(b.school, b.team): _board(world, b) for b in told.boards}
    days = {key: _days(world, boards[key], story) for key, story in zip(boards, told.boards, strict=True)}
    first = min(min(found) for found in days.values()) - WEEK
    _hang_early(first)
    for key, board in boards.items():
        _date_back(board, _moment(monday_of(days[key][-1])))
    adopted = {school.code: _themes(world, school, first) for school in told.schools}
    for number, story in enumerate(told.boards):
        key = (story.school, story.team)
        term = Term(boards[key], story, days[key], world, Random(SEED + number), adopted[story.school])
        term.play()
        _fill_beside(world, key, told.organisational)
    for school in told.schools:
        _fill_implementation(world, school)


def _board(world: World, story: BoardTold) -> Board:
    return Board.objects.get(team=world.teams[story.school, story.team], kind=Board.Kind.IMPROVEMENT)


def _days(world: World, board: Board, story: BoardTold) -> list[date]:
    found = stories.session_days(calendar(), region_of(board), world.today, day=story.day)
    return found[: story.first + 1]


def _hang_early(first: date) -> None:
    """Everybody and every board was there before the first session; the team of a later start hung its own later."""
    people = {"person__email__endswith": f"@{MAIL_DOMAIN}", "from_date__gt": first}
    TeamMembership.objects.filter(**people).update(from_date=first)
    RoleAssignment.objects.filter(**people).update(from_date=first)
    for board in Board.objects.all():
        _date_back(board, _moment(first))


def _date_back(board: Board, moment: datetime) -> None:
    Board.objects.filter(pk=board.pk).update(created_at=moment)
    Operation.objects.filter(board=board, seq=1).update(applied_at=moment)


def _themes(world: World, told: SchoolTold, first: date) -> dict[str, int]:
    """Add the school's themes, let its teams adopt them, and return their ids by title."""
    school = world.schools[told.code]
    leader = RoleAssignment.objects.filter(school=school, role=Role.SCHOOL_LEADER).select_related("person")[0].person
    year, found = SchoolYear.of(world.today), {}
    for wish in told.themes:
        period = (max(first, year.first_date), year.last_date)
        plan = themes.NewTheme(wish.title, *period, ambition=wish.ambition)
        theme = themes.add_theme(school=school, wish=plan, may_override=False, by=leader, now=_moment(first))
        for team in (team for (code, _name), team in world.teams.items() if code == told.code):
            themes.adopt(theme=theme, team=team, by=leader, now=_moment(first))
        found[wish.title] = theme.pk
    return found


def _fill_beside(world: World, key: tuple[str, str], hanging: tuple[stories.HangingTold, ...]) -> None:
    """The team's organisational board, and its practice board."""
    team = world.teams[key]
    people = list(TeamMembership.objects.filter(team=team).order_by("pk").values_list("person", flat=True))
    board = Board.objects.get(team=team, kind=Board.Kind.ORGANISATIONAL)
    actions = [_hanging(world, board, told, people[int(told.owner) % len(people)]) for told in hanging]
    _apply(board, person_actor(people[0]), actions, world.now - DAY)
    practice_board = Board.objects.get(team=team, kind=Board.Kind.PRACTICE)
    practice.fill_practice_board(board=practice_board, by=THE_SYSTEM, now=world.now)


def _fill_implementation(world: World, told: SchoolTold) -> None:
    board = Board.objects.get(school=world.schools[told.code], kind=Board.Kind.IMPLEMENTATION)
    sections = dict(board.sections.values_list("kind", "id"))
    asked = [_hanging(world, board, action, world.people[str(action.owner)].pk) for action in told.actions]
    asked += [_note(world, board, sections, note) for note in told.notes]
    _apply(board, person_actor(world.people[str(told.actions[0].owner)].pk), asked, world.now - DAY)


def _hanging(world: World, board: Board, told: stories.HangingTold, owner: int) -> Asked:
    due = due_day(board, world.today, told.due)
    return Asked(uuid4(), PAYLOADS["action.add"](id=uuid4(), text=told.text, owner=owner, due_date=due))


def _note(world: World, board: Board, sections: dict[str, UUID], told: NoteTold) -> Asked:
    day = None if told.today is None else school_day_after(board, world.today, told.today)
    fields = {"section": sections[told.section], "text": told.text, "detail": told.detail, "time": told.time}
    return Asked(uuid4(), PAYLOADS["note.add"](id=uuid4(), day=day, **fields))


def _apply(board: Board, by: Actor, asked: list[Asked], now: datetime) -> None:
    for result in operations.apply(board_id=board.pk, by=by, operations=asked, now=now):
        if result.refusal is not None:
            raise result.refusal


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + MORNING
