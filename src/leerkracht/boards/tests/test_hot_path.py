"""The endpoints in the event loop: who may write, what is answered, what every screen hears."""

import asyncio
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from leerkracht.accounts.queries.sessions import BEGAN_AT, SEEN_AT
from leerkracht.boards import asgi
from leerkracht.boards.models import BoardReader, Note
from leerkracht.boards.queries.actors import forget_sign_ins
from leerkracht.boards.rules.operations import PAYLOADS
from leerkracht.boards.services import guests
from leerkracht.boards.views.openapi import document
from leerkracht.core.asgi import reading, router, writer
from leerkracht.core.signals import sign_in_ended
from leerkracht.organisations.models import Role, TeamMembership

from .factories import TODAY, a_board, a_member, a_person, a_role, an_operation, do, section_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once():
    forget_sign_ins()
    if not router.find("GET", "/live/boards/1"):
        asgi.register()
    with writer.WRITER.inline(), reading.inline():
        yield


def signed_in(person, *, second_factor=True):
    session, now = SessionStore(), timezone.now().timestamp()
    session.update({SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0]})
    session.update({HASH_SESSION_KEY: person.get_session_auth_hash(), BEGAN_AT: now, SEEN_AT: now})
    if second_factor:
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": now}]
        session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return {settings.SESSION_COOKIE_NAME: session.session_key}


def scope_of(method, path, cookies, query="", **headers):
    sent = {"host": "testserver", "content-type": "application/json", **headers}
    sent["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }


async def call(scope, body=b""):
    handler, match = router.find(scope["method"], scope["path"])
    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    await handler(scope, receive, send, match)
    return sent[0]["status"], json.loads(sent[1]["body"])


def post(board, what, content, cookies, **headers):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return asyncio.run(call(scope_of("POST", f"/api/boards/{board.pk}/{what}", cookies, **headers), body))


def a_parked_note(board, text="Het fietsenhok"):
    payload = {"id": str(uuid4()), "section": str(section_of(board, "PARKED")), "text": text}
    return {"id": str(uuid4()), "kind": "note.add", "payload": payload}


def test_a_member_is_answered_with_the_place_in_the_log():
    board = a_board()
    operation = a_parked_note(board)
    status, answer = post(board, "operations", {"operations": [operation]}, signed_in(a_member(board.team)))
    assert (status, answer["seq"], answer["results"][0]["status"]) == (200, 2, "APPLIED")
    assert Note.objects.get().text == "Het fietsenhok"


def test_every_role_gets_the_answer_of_the_access_table():
    board = a_board()
    invited = a_role(Role.EXPERT_COACH, board.school)
    BoardReader.objects.create(board=board, person=invited, from_date=TODAY - timedelta(days=3))
    people = {
        "member": a_member(board.team),
        "school coach": a_role(Role.SCHOOL_COACH, board.school),
        "school leader": a_role(Role.SCHOOL_LEADER, board.school),
        "invited coach": invited,
        "other coach": a_role(Role.EXPERT_COACH, board.school),
        "colleague of another team": a_member(a_board().team),
        "outsider": a_person(),
    }
    seen = {
        who: post(board, "operations", {"operations": [a_parked_note(board)]}, signed_in(person))[0]
        for who, person in people.items()
    }
    assert seen == {
        "member": 200,
        "school coach": 200,
        "school leader": 200,
        "invited coach": 403,
        "other coach": 404,
        "colleague of another team": 404,
        "outsider": 404,
    }


def test_a_coach_without_the_second_factor_counts_as_a_visitor():
    board = a_board()
    coach = a_role(Role.EXPERT_COACH, board.school)
    BoardReader.objects.create(board=board, person=coach, from_date=TODAY - timedelta(days=3))
    path = f"/api/boards/{board.pk}/state"
    assert asyncio.run(call(scope_of("GET", path, signed_in(coach))))[0] == 200
    forget_sign_ins()
    assert asyncio.run(call(scope_of("GET", path, signed_in(coach, second_factor=False))))[0] == 404


def test_a_visitor_and_a_made_up_session_find_nothing():
    board = a_board()
    for cookies in ({}, {settings.SESSION_COOKIE_NAME: "bestaatniet"}, {settings.DEVICE_COOKIE_NAME: "x"}):
        assert post(board, "operations", {"operations": [a_parked_note(board)]}, cookies)[0] == 404


def test_a_wall_writes_on_its_own_board_until_it_is_revoked():
    board, other = a_board(), a_board()
    member = a_member(board.team)
    device, token = guests.open_device(board=board, name="Personeelskamer", by=member, now=timezone.now())
    cookies = {settings.DEVICE_COOKIE_NAME: token}
    assert post(board, "operations", {"operations": [a_parked_note(board)]}, cookies)[0] == 200
    assert post(other, "operations", {"operations": [a_parked_note(other)]}, cookies)[0] == 404
    guests.revoke_device(device=device, by=member, now=timezone.now())
    assert post(board, "operations", {"operations": [a_parked_note(board)]}, cookies)[0] == 404


def test_a_guest_writes_while_the_session_runs_and_not_after():
    board = a_board()
    member = a_member(board.team)
    session = uuid4()
    do(board, member, an_operation("session.start", id=session, present=(member.pk,)), now=timezone.now())
    _, token = guests.admit(session=board.sessions.get(), person=member, now=timezone.now())
    cookies = {settings.GUEST_COOKIE_NAME: token}
    assert post(board, "operations", {"operations": [a_parked_note(board)]}, cookies)[0] == 200
    do(board, member, an_operation("session.close", id=session), now=timezone.now())
    assert post(board, "operations", {"operations": [a_parked_note(board)]}, cookies)[0] == 404


def test_a_removed_member_is_refused_at_the_next_tap():
    board = a_board()
    member = a_member(board.team)
    cookies = signed_in(member)
    assert post(board, "operations", {"operations": [a_parked_note(board)]}, cookies)[0] == 200
    membership = TeamMembership.objects.get(person=member)
    membership.to_date = timezone.localdate()
    membership.save()
    assert post(board, "operations", {"operations": [a_parked_note(board)]}, cookies)[0] == 404


def test_another_site_cannot_write_with_our_cookies():
    board = a_board()
    cookies = signed_in(a_member(board.team))
    operation = {"operations": [a_parked_note(board)]}
    assert post(board, "operations", operation, cookies, origin="https://elders.example")[0] == 403
    assert post(board, "operations", operation, cookies, **{"content-type": "text/plain"})[0] == 415
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"), [(b"", 400), (b"[]", 400), (b"{}", 400), (b"\xff\xfe", 400), (b"[" * 90_000, 400)]
)
def test_what_is_no_request_is_refused_with_a_reason(body, status):
    board = a_board()
    got, answer = post(board, "operations", body, signed_in(a_member(board.team)))
    assert (got, answer["code"]) == (status, "malformed")


def test_an_unreadable_operation_does_not_stop_the_readable_one():
    board = a_board()
    asked = {"operations": [{"id": str(uuid4()), "kind": "tover", "payload": {}}, 7, a_parked_note(board)]}
    status, answer = post(board, "operations", asked, signed_in(a_member(board.team)))
    assert status == 200
    assert [(r["status"], r["code"]) for r in answer["results"]] == [
        ("REFUSED", "malformed"),
        ("REFUSED", "malformed"),
        ("APPLIED", None),
    ]


def test_the_check_in_shows_totals_only_when_everybody_tapped():
    board = a_board()
    first, second = a_member(board.team), a_member(board.team)
    start = an_operation("session.start", id=uuid4(), present=(first.pk, second.pk))
    do(board, first, start, now=timezone.now())
    assert post(board, "check-in", {"mood": 3}, signed_in(first)) == (200, {"tapped": 1, "present": 2, "totals": None})
    status, answer = post(board, "check-in", {"mood": 1}, signed_in(first))
    assert (status, answer["code"]) == (422, "tapped_before")
    assert post(board, "check-in", {"mood": 1}, signed_in(second))[1]["totals"] == [1, 0, 1]


def test_the_stream_catches_up_follows_and_closes_when_rights_end():
    board = a_board()
    member = a_member(board.team)
    cookies = signed_in(member)
    body = json.dumps({"operations": [a_parked_note(board, "Live")]}).encode()

    async def watch():
        handler, match = router.find("GET", f"/live/boards/{board.pk}")

        async def app(scope, receive, send):
            await handler(scope, receive, send, match)

        stream = ApplicationCommunicator(app, scope_of("GET", f"/live/boards/{board.pk}", cookies, "after=0"))
        await stream.send_input({"type": "http.request"})
        assert (await stream.receive_output())["status"] == 200
        begin = (await stream.receive_output())["body"]
        await call(scope_of("POST", f"/api/boards/{board.pk}/operations", cookies), body)
        # The test's own transaction never commits, so nothing is announced; a hint of line 3 makes the stream look.
        asgi.live.hub.publish(f"board/{board.pk}", [b"id: 3\nevent: operation\ndata: {}\n\n"])
        line = (await stream.receive_output())["body"]
        asgi.live.hub.close_all(f"board/{board.pk}")
        end = await stream.receive_output()
        return begin, line, end

    begin, line, end = asyncio.run(watch())
    assert b"id: 1\nevent: operation" in begin
    assert (b"id: 2\n" in line, b"Live" in line) == (True, True)
    assert (b"event: closed" in end["body"], end["more_body"]) == (True, False)


def test_a_stream_closes_when_its_own_sign_in_ends_and_a_colleagues_stays_open():
    board = a_board()
    cookies, others = signed_in(a_member(board.team)), signed_in(a_member(board.team))
    path = f"/live/boards/{board.pk}"

    async def open_stream(brought):
        handler, match = router.find("GET", path)

        async def app(scope, receive, send):
            await handler(scope, receive, send, match)

        stream = ApplicationCommunicator(app, scope_of("GET", path, brought, "after=0"))
        await stream.send_input({"type": "http.request"})
        await stream.receive_output()
        await stream.receive_output()
        return stream

    async def watch():
        mine, theirs = await open_stream(cookies), await open_stream(others)
        sign_in_ended.send(sender=None, session_key=cookies[settings.SESSION_COOKIE_NAME])
        end = await mine.receive_output()
        is_quiet = await theirs.receive_nothing()
        theirs.stop(exceptions=False)
        return end, is_quiet

    end, is_quiet = asyncio.run(watch())
    assert (b"event: closed" in end["body"], end["more_body"], is_quiet) == (True, False, True)
    assert asgi.live.hub.watching(f"sign-in/{cookies[settings.SESSION_COOKIE_NAME]}") == 0


def test_a_stream_is_refused_to_an_outsider():
    board = a_board()
    status, answer = asyncio.run(call(scope_of("GET", f"/live/boards/{board.pk}", signed_in(a_person()))))
    assert (status, answer["code"]) == (404, "not_found")


def test_the_state_is_what_the_page_carries():
    board = a_board()
    member = a_member(board.team)
    status, page = asyncio.run(call(scope_of("GET", f"/api/boards/{board.pk}/state", signed_in(member))))
    assert (status, page["seq"], page["me"]) == (200, 1, {"kind": "PERSON", "person": member.pk})
    assert {row["kind"] for row in page["state"]["section"].values()} == {
        "CHECK_IN",
        "SUCCESSES",
        "GOALS",
        "ACTIONS",
        "PLANNING",
        "PARKED",
        "HELP",
    }


def test_every_kind_of_operation_is_described():
    described = document()["components"]["schemas"]["Operation"]["oneOf"]
    assert {one["$ref"].rpartition("/")[2] for one in described} == {
        f"{payload.__name__}Operation" for payload in PAYLOADS.values()
    }
