"""Schools from the made-up register, and the people in ``content/demo/people.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services.people import make_person
from leerkracht.organisations.kernel.register import folded, read
from leerkracht.organisations.models import (
    GoverningBody,
    Role,
    RoleAssignment,
    School,
    Sector,
    Stage,
    Team,
    TeamMembership,
)
from leerkracht.organisations.services.members import add_member
from leerkracht.organisations.services.participation import set_stage
from leerkracht.organisations.services.register import Source, import_register
from leerkracht.organisations.services.roles import Post, give_role
from leerkracht.organisations.services.teams import TeamPlan, add_team

from . import places
from .world import MAIL_DOMAIN, World

FIRST_SCHOOL_DAY = date(2026, 8, 17)
DAYS = ("ma", "di", "wo", "do", "vr")
BODY_NAMES = {"99001": "Stichting De Krijtlijn", "99015": "Noorderlicht Scholengroep", "99019": "Vereniging De Werven"}


def build(world: World) -> None:
    folder = Path(settings.CONTENT_HOME) / "demo"
    _take_in_register(world, folder)
    people = tomllib.loads((folder / "people.toml").read_text(encoding="utf-8"))
    for school in people["schools"]:
        _fill_school(world, school)
    for other in people["others"]:
        _give_post(world, other)
    for group in people["stages"]:
        for code in group["schools"]:
            _set_stage(world, code, group)
    _start_with_the_year(world)


def _take_in_register(world: World, folder: Path) -> None:
    for sector in (Sector.PRIMARY, Sector.SECONDARY, Sector.VOCATIONAL):
        file = read((folder / f"register-{sector.lower()}.csv").read_bytes())
        import_register(source=Source(file, sector), by=THE_SYSTEM, now=world.now)
    world.schools = {school.code: school for school in School.objects.filter(code__startswith="ZZ")}
    for number, name in BODY_NAMES.items():
        GoverningBody.objects.filter(number=number).update(name=name)
    places.build(world)


def _fill_school(world: World, wanted: dict[str, Any]) -> None:
    school = world.schools[wanted["code"]]
    _set_stage(world, wanted["code"], wanted)
    for name in wanted["leaders"]:
        _give(world, name, Post(Role.SCHOOL_LEADER, school=school))
    for name in wanted["coaches"]:
        _give(world, name, Post(Role.SCHOOL_COACH, school=school))
    for plan in wanted["teams"]:
        team = add_team(school=school, plan=TeamPlan(plan["name"], plan["kind"]), by=THE_SYSTEM, now=world.now)
        world.teams[school.code, team.name] = team
        for member in plan["members"]:
            _join(world, team, member)


def _join(world: World, team: Team, member: dict[str, str]) -> None:
    days = member.get("days", " ".join(DAYS)).split()
    bits = sum(1 << DAYS.index(day) for day in days)
    add_member(team=team, person=_person(world, member["name"]), by=THE_SYSTEM, now=world.now, work_days=bits)


def _give_post(world: World, wanted: dict[str, Any]) -> None:
    role = Role(wanted["role"])
    posts = [Post(role, school=world.schools[code]) for code in wanted.get("schools", [])]
    if "body" in wanted:
        posts = [Post(role, governing_body=GoverningBody.objects.get(number=wanted["body"]))]
    for post in posts or [Post(role)]:
        _give(world, wanted["name"], post)


def _give(world: World, name: str, post: Post) -> None:
    give_role(person=_person(world, name), post=post, by=THE_SYSTEM, now=world.now)


def _set_stage(world: World, code: str, wanted: dict[str, Any]) -> None:
    stage = Stage(wanted["stage"])
    set_stage(school=world.schools[code], stage=stage, since=world.day(wanted["since"]), by=THE_SYSTEM, now=world.now)


def _person(world: World, name: str) -> Person:
    """The person with this name, made at the first call; one person may wear many hats."""
    if name not in world.people:
        email = f"{folded(name).replace(' ', '.')}@{MAIL_DOMAIN}"
        world.people[name] = make_person(email=email, name=name, by=THE_SYSTEM, now=world.now)
    return world.people[name]


def _start_with_the_year(world: World) -> None:
    """Everyone was there from the start of the school year, so that a term of sessions has room."""
    first = world.day(FIRST_SCHOOL_DAY)
    ours = {"person__email__endswith": f"@{MAIL_DOMAIN}"}
    TeamMembership.objects.filter(**ours).update(from_date=first)
    RoleAssignment.objects.filter(**ours).update(from_date=first)
