"""Two governing bodies, three schools, four teams with boards, and everyone of ``people`` in place.

Every place holds words that stand nowhere else (``word``), so that a page that shows them to the wrong reader is found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.sessions import BEGAN_AT, SEEN_AT
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.rules.federation import Federation
from leerkracht.accounts.services.sign_in import make_link
from leerkracht.accounts.tests.factories import a_merge
from leerkracht.boards.models import Board, BoardReader, Theme, ThemeAdoption
from leerkracht.boards.services import guests, setup
from leerkracht.boards.tests.factories import an_operation, do, section_of
from leerkracht.boards.views import devices
from leerkracht.organisations.models import (
    Contact,
    GoverningBody,
    Invitation,
    Location,
    Province,
    Region,
    Role,
    RoleAssignment,
    School,
    Team,
)
from leerkracht.organisations.services.invitations import Door, Guest, invite_by_mail, invite_by_qr, token_of
from leerkracht.organisations.services.roles import Post
from leerkracht.organisations.tests import factories

from . import people

# An organisation whose sign-in page never answers: the discard port of this machine.
NOWHERE = Federation("entree", "http://127.0.0.1:9", "leerkracht", "geheim")
Cookies = dict[str, str]


def word(place: str, what: str) -> str:
    """A word that stands at one place only."""
    return f"Kanarie{place}{what}piept"


@dataclass
class Place:
    """A team with its boards, its people, a running session and one that was closed."""

    name: str
    team: Team
    boards: dict[str, Board]
    member: Person
    goal: UUID
    action: UUID
    closed: UUID
    running: UUID
    device: Any
    device_token: str
    guest_token: str

    @property
    def board(self) -> Board:
        return self.boards["IMPROVEMENT"]


@dataclass
class World:
    """What the routes ask for (``args``), and what each person brings along (``cookies``)."""

    now: datetime
    body: GoverningBody
    body_elsewhere: GoverningBody
    school: School
    school_without_coach: School
    school_elsewhere: School
    places: dict[str, Place] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    cookies: dict[str, Cookies] = field(default_factory=dict)
    args: dict[str, Any] = field(default_factory=dict)


def build() -> World:
    """Make the whole world; the caller rolls it back."""
    body, body_elsewhere = factories.a_governing_body(), factories.a_governing_body()
    schools = [factories.a_school(at) for at in (body, body, body_elsewhere)]
    world = World(timezone.now(), body, body_elsewhere, *schools)
    for name, school in (("own", world.school), ("other", world.school), ("elsewhere", world.school_elsewhere)):
        world.places[name] = _place(name, school, world.now)
    for school, name in ((world.school, "school"), (world.school_elsewhere, "schoolelsewhere")):
        _implementation(school, name, world.now)
    _people(world)
    _contacts(world)
    _cookies(world)
    _args(world)
    return world


def _place(name: str, school: School, now: datetime) -> Place:
    team = factories.a_team(school, name=word(name, "team"))
    member = factories.a_member(team, factories.a_person(f"Ida {word(name, 'people')}")).person
    setup.open_team_boards(team=team, by=THE_SYSTEM, now=now - timedelta(days=30))
    boards = {board.kind: board for board in Board.objects.filter(team=team)}
    _fill(boards["ORGANISATIONAL"], member, word(name, "organisational"), now)
    board, said = boards["IMPROVEMENT"], word(name, "board")
    goal, action = _fill(board, member, said, now)
    closed, running, early = uuid4(), uuid4(), now - timedelta(hours=5)
    do(board, member, an_operation("session.start", id=closed, present=(member.pk,)), now=early)
    do(board, member, an_operation("session.round_off", id=closed, top=word(name, "record")), now=early)
    do(board, member, an_operation("session.close", id=closed), now=early)
    do(board, member, an_operation("session.start", id=running, present=(member.pk,)), now=now)
    board.refresh_from_db()
    device, device_token = guests.open_device(board=board, name=word(name, "device"), by=member, now=now)
    _guest, guest_token = guests.admit(session=board.sessions.get(pk=running), person=member, now=now)
    return Place(name, team, boards, member, goal, action, closed, running, device, device_token, guest_token)


def _fill(board: Board, member: Person, said: str, now: datetime) -> tuple[UUID, UUID]:
    """Hang a goal, an action and two notes that say ``said``; return goal and action."""
    goal, action, soon = uuid4(), uuid4(), timezone.localdate(now) + timedelta(days=7)
    done = do(
        board,
        member,
        *([an_operation("goal.add", id=goal, text=f"doel {said}")] if board.kind != "ORGANISATIONAL" else []),
        an_operation("action.add", id=action, text=f"actie {said}", owner=member.pk, due_date=soon),
        an_operation("note.add", id=uuid4(), section=section_of(board, "PARKED"), text=f"kaart {said}"),
        an_operation("note.add", id=uuid4(), section=section_of(board, "SUCCESSES"), text=f"succes {said}"),
        now=now - timedelta(hours=6),
    )
    refused = [result for result in done if result.status != "APPLIED"]
    if refused:
        raise ValueError(f"the world could not be made: {refused}")
    return goal, action


def _implementation(school: School, name: str, now: datetime) -> None:
    board = Board.objects.get(school=school, kind="IMPLEMENTATION")
    coach = factories.a_role(Role.SCHOOL_COACH, factories.a_person(f"Co {word(name, 'roles')}"), school=school).person
    _fill(board, coach, word(name, "implementation"), now)
    theme = Theme.objects.create(
        school=school,
        school_year=timezone.localdate(now).year - (timezone.localdate(now).month < 8),
        title=word(name, "theme"),
        from_date=timezone.localdate(now) - timedelta(days=10),
        to_date=timezone.localdate(now) + timedelta(days=60),
        state=Theme.State.ACTIVE,
    )
    for team in Team.objects.filter(school=school).order_by("pk"):
        if "own" not in team.name:  # the own team has yet to adopt it
            ThemeAdoption.objects.create(theme=theme, team=team, from_date=theme.from_date)


def _people(world: World) -> None:
    give, persons, long_ago = factories.a_role, world.persons, world.now.date() - timedelta(days=300)
    persons["nobody"] = factories.a_person("Niemand")
    own, other, elsewhere = (world.places[name] for name in ("own", "other", "elsewhere"))
    persons |= {"member": own.member, "colleague": other.member, "teacher_elsewhere": elsewhere.member}
    for role, name in people.AT_A_SCHOOL.items():
        persons[name] = give(role, factories.a_person(f"R {word('school', 'roles')}"), school=world.school).person
        at = world.school_elsewhere
        persons[f"{name}_elsewhere"] = give(
            role, factories.a_person(f"R {word('schoolelsewhere', 'roles')}"), school=at
        ).person
    for name in ("expert", "change"):
        give(Role(f"{name.upper()}_COACH"), persons[name], school=world.school_without_coach)
    persons["expert_invited"] = give(Role.EXPERT_COACH, school=world.school).person
    persons["change_of_body"] = give(Role.CHANGE_COACH, governing_body=world.body).person
    for role, name in people.AT_A_BODY.items():
        persons[name] = give(role, factories.a_person(f"L {word('body', 'roles')}"), governing_body=world.body).person
        persons[f"{name}_elsewhere"] = give(role, governing_body=world.body_elsewhere).person
    for role, name in people.EVERYWHERE.items():
        persons[name] = give(role, factories.a_person(f"F {word('foundation', name)}")).person
    persons["central_half"], persons["expert_half"] = give(Role.CENTRAL_TEAM).person, factories.a_person()
    give(Role.EXPERT_COACH, persons["expert_half"], school=world.school)
    _former(world)
    for name in ("expert_invited", "expert_half", "former_expert_invited", "former_reader"):
        ended = world.now.date() - timedelta(days=1) if name == "former_reader" else None
        BoardReader.objects.create(board=own.board, person=persons[name], from_date=long_ago, to_date=ended)


def _contacts(world: World) -> None:
    """A contact at each school and at the body; two regions, each with an expert coach who keeps them."""
    for school, name in ((world.school, "kept"), (world.school_elsewhere, "keptelsewhere")):
        province = Province.objects.create(name=f"Provincie {name}", region=Region.objects.create(name=f"Regio {name}"))
        Location.objects.filter(school=school).update(province=province.name)
        world.persons["expert_of_region" if name == "kept" else "expert_of_region_elsewhere"] = factories.a_role(
            Role.EXPERT_COACH, region=province.region
        ).person
        world.args[f"contact_id@{name}"] = Contact.objects.create(school=school, name=word(name, "contact")).pk
    body = Contact.objects.create(governing_body=world.body, name=word("kept", "contact"))
    world.args |= {"contact_id": world.args["contact_id@kept"], "contact_id@body": body.pk}


def _former(world: World) -> None:
    """Whose membership, role or invitation to read ended yesterday."""
    yesterday = {"to_date": world.now.date() - timedelta(days=1)}
    persons, give = world.persons, factories.a_role
    persons["former_member"] = factories.a_member(world.places["own"].team, **yesterday).person
    persons["former_coach"] = give(Role.SCHOOL_COACH, school=world.school, **yesterday).person
    persons["former_central"] = give(Role.CENTRAL_TEAM, **yesterday).person
    persons["former_expert_invited"] = give(Role.EXPERT_COACH, school=world.school, **yesterday).person
    persons["former_reader"] = give(Role.EXPERT_COACH, school=world.school).person


def _cookies(world: World) -> None:
    for name, person in world.persons.items():
        world.cookies[name] = signed_in(person, world.now, second_factor=name not in people.HALF)
    own, elsewhere = world.places["own"], world.places["elsewhere"]
    session = own.board.sessions.get(pk=own.running)
    _guest, late = guests.admit(session=session, person=own.member, now=world.now - timedelta(hours=2))
    revoked, revoked_token = guests.open_device(board=own.board, name="weg", by=own.member, now=world.now)
    guests.revoke_device(device=revoked, by=own.member, now=world.now)
    device, guest = settings.DEVICE_COOKIE_NAME, settings.GUEST_COOKIE_NAME
    world.cookies |= {
        "visitor": {},
        "device": {device: own.device_token},
        "device_elsewhere": {device: elsewhere.device_token},
        "device_revoked": {device: revoked_token},
        "guest": {guest: own.guest_token},
        "guest_elsewhere": {guest: elsewhere.guest_token},
        "guest_expired": {guest: late},
    }


def signed_in(person: Person, now: datetime, *, second_factor: bool = True) -> Cookies:
    """Cookies of a sign-in that is alive, with the second factor shown where asked."""
    session, moment = SessionStore(), now.timestamp()
    session.update({SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0]})
    session.update({HASH_SESSION_KEY: person.get_session_auth_hash(), BEGAN_AT: moment, SEEN_AT: moment})
    if second_factor:
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": moment}]
        session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key)}


def _args(world: World) -> None:
    """Values for the addresses, by the name in the route; ``name@variant`` for a row that asks for another object."""
    own, coach, by = world.places["own"], world.persons["coach"], world.persons["central"]
    second = factories.a_role(Role.SCHOOL_COACH, school=world.school)
    code = invite_by_qr(team=own.team, places=5, by=coach, now=world.now)
    posts = {
        "school": Post(Role.SCHOOL_LEADER, school=world.school),
        "body": Post(Role.GOVERNING_BODY_LEAD, governing_body=world.body),
        "everywhere": Post(Role.EDITOR),
        "central": Post(Role.CENTRAL_TEAM),
    }
    passkey = Authenticator.objects.create(
        user=factories.a_person(), type=Authenticator.Type.WEBAUTHN, data={"name": "laptop"}
    )
    reader = BoardReader.objects.get(person=world.persons["expert_invited"])
    world.args |= {
        "school_id": world.school.pk,
        "region_id": Region.objects.order_by("pk")[0].pk,
        "school_id@first": world.school_without_coach.pk,
        "body_id": world.body.pk,
        "team_id": own.team.pk,
        "membership_id": own.team.memberships.get(person=own.member).pk,
        "role_id": second.pk,
        "role_id@body": _role(world.persons["lead"]),
        "role_id@everywhere": _role(world.persons["editor"]),
        "role_id@central": _role(world.persons["central"]),
        "invitation_id": code.pk,
        "token": token_of(code),
        "token@link": make_link(person=world.persons["nobody"], by=THE_SYSTEM, now=world.now),
        "board_id": own.board.pk,
        "board_id@organisational": own.boards["ORGANISATIONAL"].pk,
        "board_id@practice": own.boards["PRACTICE"].pk,
        "board_id@implementation": Board.objects.get(school=world.school, kind="IMPLEMENTATION").pk,
        "card_id": own.goal,
        "kind": "action",
        "reader_id": reader.pk,
        "theme_id": Theme.objects.get(school=world.school).pk,
        "code": own.board.sessions.get(pk=own.running).join_code,
        "device_id": own.device.pk,
        "key": signing.dumps([own.board.pk, own.member.pk, str(uuid4()), "Scherm"], salt=devices.SALT, compress=True),
        "session_id": own.closed,
        "pk": passkey.pk,
        "slug": "entree",
        "account_id": SocialAccount.objects.create(user=passkey.user, provider=NOWHERE.issuer, uid="x").pk,
    }
    for kind, post in posts.items():
        guest = Guest(f"{word(kind, 'invited')}@voorbeeld.invalid")
        invitation = invite_by_mail(door=Door(post=post), guest=guest, by=by, now=world.now)
        world.args |= {f"invitation_id@{kind}": invitation.pk, f"token@{kind}": token_of(invitation)}
    _what_can_be_taken_back(world)


def _what_can_be_taken_back(world: World) -> None:
    world.args |= {
        "coach_id": world.persons["expert"].pk,
        "person_id": world.persons["member"].pk,
        "handover_id": factories.a_handover().pk,
        "sheet_id": factories.a_sheet_import(file_name=f"{word('foundation', 'administration')}.csv").pk,
        "sheet_kind": "STAGES",
        "roster_id": factories.a_roster_import(school=world.school).pk,
        "merge_id": a_merge(kept=factories.a_person(), gone=factories.a_person()).pk,
    }


def _role(person: Person) -> int:
    return RoleAssignment.objects.get(person=person, to_date=None).pk


def invitation_of(world: World, variant: str) -> Invitation:
    return Invitation.objects.get(pk=world.args[f"invitation_id@{variant}"])
