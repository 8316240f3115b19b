"""What somebody tries who means no good: ids of other places, other people's secrets, secrets of another time."""

import asyncio
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.utils import timezone

from leerkracht.accounts.queries.sessions import SEEN_AT
from leerkracht.boards.models import Action, BoardDevice, BoardReader, Goal, Note, SessionGuest, ThemeAdoption
from leerkracht.boards.models import Operation as LogLine
from leerkracht.boards.queries.actors import forget_sign_ins
from leerkracht.boards.queries.state import state_of
from leerkracht.boards.services import check_in
from leerkracht.boards.tests.factories import section_of
from leerkracht.core.asgi import router
from leerkracht.core.live.hub import hub
from leerkracht.organisations.models import Invitation, Role, RoleAssignment, TeamMembership
from leerkracht.organisations.services.teams import archive_team
from leerkracht.organisations.tests import factories

from . import canaries
from .routes import call, django_routes, heard, scope_of, send
from .test_matrix import TABLE

pytestmark = pytest.mark.django_db


def post_operations(asker, who, board, *operations):
    path = f"/api/boards/{board.pk}/operations"
    status, body = asker.hot("POST", path, asker.world.cookies[who], {"operations": list(operations)})
    return status, json.loads(body).get("results")


def on_the_wire(kind, **payload):
    return {"id": str(uuid4()), "kind": kind, "payload": {name: _plain(value) for name, value in payload.items()}}


def _plain(value):
    return value if isinstance(value, (int, float, list, type(None))) else str(value)


# Ids of other places


def test_a_theme_is_adopted_for_a_team_of_ones_own_only(asker, world):
    before = ThemeAdoption.objects.count()
    for who, team in (("member", "other"), ("coach", "elsewhere"), ("leader", "elsewhere")):
        assert send(asker, who, "POST", "boards:theme-adopt", {"team": world.places[team].team.pk}).status_code == 404
    assert ThemeAdoption.objects.count() == before


def test_only_a_coach_of_the_school_is_asked_to_read_along(asker, world):
    before = BoardReader.objects.count()
    for who in ("colleague", "editor", "expert_elsewhere", "former_expert_invited", "lead"):
        assert send(asker, "member", "POST", "boards:readers", {"person": world.persons[who].pk}).status_code == 422
    assert BoardReader.objects.count() == before


def test_a_phone_is_let_in_as_somebody_of_this_team_only(asker, world):
    before = SessionGuest.objects.count()
    for who in ("colleague", "teacher_elsewhere", "central", "former_member"):
        response = send(asker, "visitor", "POST", "boards:join", {"person": world.persons[who].pk})
        assert response.status_code == 404
    for raw in ("", "0", "-1", "9" * 30, "1 OR 1=1", "²"):
        assert send(asker, "visitor", "POST", "boards:join", {"person": raw}).status_code == 404
    assert SessionGuest.objects.count() == before


def test_operations_name_only_what_is_of_this_board(asker, world):
    own, elsewhere = world.places["own"], world.places["elsewhere"]
    theirs, soon = elsewhere.board, timezone.localdate() + timedelta(days=5)
    foreign = world.persons["teacher_elsewhere"].pk
    asked = [
        on_the_wire("note.add", id=uuid4(), section=section_of(theirs, "PARKED"), text="x"),
        on_the_wire("action.done", id=elsewhere.action),
        on_the_wire("goal.edit", id=elsewhere.goal, text="x"),
        on_the_wire("action.add", id=uuid4(), text="x", owner=foreign, due_date=soon),
        on_the_wire("action.add", id=uuid4(), text="x", owner=own.member.pk, due_date=soon, goal=elsewhere.goal),
        on_the_wire("session.present", id=own.running, person=foreign, is_present=1),
        on_the_wire("session.close", id=elsewhere.running),
        on_the_wire("goal.add", id=elsewhere.goal, text="van mij"),
        on_the_wire("action.add", id=elsewhere.action, text="van mij", owner=own.member.pk, due_date=soon),
        on_the_wire("undo", operation=LogLine.objects.filter(board=theirs, kind="action.add").get().pk),
        on_the_wire("goal.edit", id=own.goal, theme=world.args["theme_id"]),
        {
            "id": str(LogLine.objects.filter(board=theirs).first().pk),
            "kind": "action.done",
            "payload": {"id": str(own.action)},
        },
    ]
    before = [list(kind.objects.filter(board=theirs).order_by("pk").values()) for kind in (Goal, Action, Note)]
    status, results = post_operations(asker, "member", own.board, *asked)
    assert status == 200
    assert [(row["status"], row["seq"]) for row in results] == [("REFUSED", None)] * len(asked)
    assert [list(kind.objects.filter(board=theirs).order_by("pk").values()) for kind in (Goal, Action, Note)] == before


def test_a_record_or_card_of_another_board_is_not_shown_under_ones_own(asker, world, monkeypatch):
    elsewhere, board = world.places["elsewhere"], world.args["board_id"]
    swaps = {"session_id": elsewhere.closed, "card_id": elsewhere.goal, "device_id": elsewhere.device.pk}
    reader = BoardReader.objects.create(
        board=elsewhere.board, person=world.persons["expert_elsewhere"], from_date=timezone.localdate()
    )
    for key, value in (swaps | {"reader_id": reader.pk}).items():
        monkeypatch.setitem(world.args, key, value)
    for method, name in TABLE:
        asks = {"session_id", "card_id", "device_id", "reader_id"} & getattr(django_routes().get(name), "values", set())
        if asks and "405" not in TABLE[method, name].values():
            assert heard(send(asker, "member", method, name)) == "404", (method, name)
    assert (world.args["board_id"], BoardDevice.objects.get(pk=elsewhere.device.pk).revoked_at) == (board, None)


# Secrets of others, and of another time


def test_a_phone_takes_nothing_back_from_before_its_session_and_leaves_the_layout(asker, world):
    own = world.places["own"]
    old = LogLine.objects.filter(board=own.board, kind="action.add").get()
    section = section_of(own.board, "PARKED")
    asked = [
        on_the_wire("undo", operation=old.pk),
        on_the_wire("section.hide", id=section),
        on_the_wire("board.new_year"),
    ]
    status, results = post_operations(asker, "guest", own.board, *asked)
    assert (status, [row["status"] for row in results]) == (200, ["REFUSED"] * 3)


def test_a_phone_takes_back_its_own_tap(asker, world):
    own = world.places["own"]
    note = on_the_wire("note.add", id=uuid4(), section=section_of(own.board, "PARKED"), text="vergissing")
    for asked in (note, on_the_wire("undo", operation=note["id"])):
        assert post_operations(asker, "guest", own.board, asked)[1][0]["status"] == "APPLIED"


def test_the_check_in_is_for_who_is_in_the_session(asker, world):
    own = world.places["own"]
    check_in.follow(own.board.pk, state_of(own.board), own.running)  # whoever tapped in another test is forgotten
    check_in.tap(board_id=own.board.pk, state=state_of(own.board), mood=3, who=str(own.member.pk))
    path = f"/live/boards/{own.board.pk}"
    told = {who: asker.hot("GET", path, world.cookies[who])[1] for who in ("member", "expert_invited", "device")}
    assert [b"event: check-in" in told[who] for who in ("member", "expert_invited", "device")] == [True, False, True]
    page = send(asker, "expert_invited", "GET", "boards:session").content.decode()
    assert ("faces" in page, 'class="face ' in page) == (True, False)


def test_a_phone_hears_no_more_once_its_session_is_closed(asker, world):
    own = world.places["own"]
    topic, close = f"board/{own.board.pk}", {"operations": [on_the_wire("session.close", id=own.running)]}

    async def listen():
        handler, match = router.find("GET", f"/live/boards/{own.board.pk}")

        async def app(scope, receive, send):
            await handler(scope, receive, send, match)

        scope = scope_of("GET", f"/live/boards/{own.board.pk}", world.cookies["guest"])
        stream = ApplicationCommunicator(app, scope)
        await stream.send_input({"type": "http.request"})
        await stream.receive_output()
        await stream.receive_output()
        path = f"/api/boards/{own.board.pk}/operations"
        await call(
            *router.find("POST", path), scope_of("POST", path, world.cookies["member"]), json.dumps(close).encode()
        )
        hub.publish(topic, [b'id: 9999\nevent: operation\ndata: {"kind":"session.close"}\n\n'])
        return await stream.receive_output()

    end = asyncio.run(listen())
    assert (b"event: closed" in end["body"], end["more_body"]) == (True, False)


def test_one_cookie_does_not_open_what_another_would(asker, world):
    elsewhere = world.places["elsewhere"].board
    world.cookies["member_with_wall"] = world.cookies["member"] | world.cookies["device"] | world.cookies["guest"]
    for wish in ("", "person", "device", "guest", "system", "PERSON\r\nx: y"):
        cookies = world.cookies["member_with_wall"]
        status, _body = asker.hot("GET", f"/api/boards/{elsewhere.pk}/state?as={wish}", cookies)
        assert status == 404


@pytest.mark.parametrize(
    "role", ["CENTRAL_TEAM", "ADMINISTRATOR", "EDITOR", "GOVERNING_BODY_LEAD", "EXPERT_COACH", "x"]
)
@pytest.mark.parametrize("who", ["coach", "leader"])
def test_nobody_invites_for_a_role_that_is_not_theirs_to_give(asker, who, role):
    before = Invitation.objects.count()
    data = {"role": role, "name": "Ik Zelf", "email": "ik@voorbeeld.invalid"}
    assert send(asker, who, "POST", "organisations:school-invite", data).status_code == 422
    assert Invitation.objects.count() == before


def test_the_central_team_makes_no_administrators_nor_more_of_itself(asker):
    for role in ("ADMINISTRATOR", "CENTRAL_TEAM", "SCHOOL_COACH", "READER"):
        data = {"role": role, "name": "Ik Zelf", "email": "ik@voorbeeld.invalid"}
        assert send(asker, "central", "POST", "organisations:invite-central", data).status_code == 422


def test_a_mailed_invitation_is_for_its_own_mailbox_and_works_once(asker, world):
    for who in ("member", "reader", "administrator"):
        assert send(asker, who, "POST", "organisations:invitation@central").status_code == 409
    assert send(asker, "visitor", "POST", "organisations:invitation@everywhere", {"name": "Red"}).status_code == 302
    assert send(asker, "visitor", "GET", "organisations:invitation@everywhere").status_code == 410
    assert send(asker, "visitor", "POST", "organisations:invitation@everywhere", {"name": "Red"}).status_code == 410
    assert RoleAssignment.objects.filter(role=Role.EDITOR).count() == 2


@pytest.mark.parametrize("ended", ["revoked", "expired", "used"])
def test_a_closed_invitation_lets_nobody_in(asker, world, ended):
    past = world.now - timedelta(days=20)
    fields = {
        "revoked": {"revoked_at": world.now},
        "expired": {"created_at": past, "expires_at": past + timedelta(days=14)},
        "used": {"used": 5},
    }
    Invitation.objects.filter(pk=world.args["invitation_id"]).update(**fields[ended])
    before = TeamMembership.objects.count()
    for who in ("visitor", "reader"):
        assert send(asker, who, "POST", "organisations:invitation").status_code == 410
    assert TeamMembership.objects.count() == before


def test_the_code_of_a_team_in_the_archive_is_refused_in_words(asker, world):
    archive_team(team=world.places["own"].team, by=world.persons["coach"], now=timezone.now())
    before = TeamMembership.objects.count()
    assert send(asker, "reader", "POST", "organisations:invitation").status_code < 500
    assert TeamMembership.objects.count() == before


def test_a_link_for_a_wall_works_once_and_only_while_its_maker_may_work_there(asker, world):
    assert send(asker, "visitor", "POST", "boards:device-open").status_code == 302
    assert send(asker, "visitor", "POST", "boards:device-open").status_code == 410


def test_a_link_for_a_wall_ends_with_the_membership_of_its_maker(asker, world):
    TeamMembership.objects.filter(person=world.persons["member"]).update(to_date=timezone.localdate())
    assert send(asker, "visitor", "GET", "boards:device-open").status_code == 410


def test_a_sign_in_link_works_once(asker):
    assert send(asker, "visitor", "POST", "accounts:one-time-link@link").status_code == 302
    assert send(asker, "visitor", "POST", "accounts:one-time-link@link").status_code == 410


def test_a_sign_in_that_was_idle_too_long_or_ended_opens_nothing(asker, world):
    from django.contrib.sessions.backends.db import SessionStore  # reason: its model needs Django to be set up

    session = SessionStore(world.cookies["member"][settings.SESSION_COOKIE_NAME])
    session[SEEN_AT] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()
    forget_sign_ins()
    assert asker.ask("member", "GET", "boards:board") == "login"
    assert asker.ask("member", "GET", "boards:session") == "404"
    assert asker.ask("member", "GET", "hot:api/boards/state") == "404"


def test_who_may_no_longer_sign_in_is_out_at_once(asker, world):
    member = world.persons["member"]
    member.is_active = False
    member.save()
    forget_sign_ins()
    assert asker.ask("member", "GET", "boards:board") == "login"
    assert asker.ask("member", "GET", "hot:api/boards/state") == "404"
    assert asker.ask("guest", "GET", "hot:api/boards/state") == "404"


def test_who_changed_teams_no_longer_reads_the_old_board_at_home(asker, world):
    member = world.persons["member"]
    TeamMembership.objects.filter(person=member).update(to_date=timezone.localdate())
    factories.a_member(world.places["other"].team, member)
    asker.ask("member", "GET", "home")
    assert canaries.leaked("colleague", "home", asker.said) == ["own.people"]  # their own name
