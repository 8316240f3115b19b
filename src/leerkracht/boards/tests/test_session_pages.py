"""The session by plain pages and forms: from who is here to the record, without a script."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.tests.factories import sign_in
from leerkracht.boards.models import Action, Board, BoardSession, Note
from leerkracht.boards.services import guests

from .factories import a_board, a_member, a_person, a_team, an_operation, do

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return a_board(a_team(name="Bovenbouw"))


@pytest.fixture
def team(board):
    return [a_member(board.team, name) for name in ("Mila Jansen", "Finn de Boer", "Noor Bakker", "Daan Vos")]


def start(board, team):
    session = uuid4()
    now = timezone.now()
    present = tuple(p.pk for p in team)
    do(board, team[0], an_operation("session.start", id=session, leader=team[0].pk, present=present), now=now)
    return session


def step(board, team, session, kind):
    do(board, team[0], an_operation("session.step", id=session, step=kind), now=timezone.now())


def url(name, board, *more):
    return reverse(f"boards:{name}", args=[board.pk, *more])


def ask(client, board, kind, **fields):
    return client.post(url("session-do", board), {"kind": kind, "op": str(uuid4()), "on": "session"} | fields)


def test_two_taps_start_the_session_with_everybody_who_works_today(client, board, team):
    sign_in(client, team[0])
    page = client.get(url("session-start", board))
    assert page.status_code == 200
    present = [p.pk for p in team]
    answer = client.post(
        url("session-start", board), {"asked": "1", "present": present, "op": uuid4(), "session": uuid4()}
    )
    assert (answer.status_code, answer.url) == (302, url("session", board))
    session = BoardSession.objects.get()
    assert (session.state, session.attendances.count(), session.leader_id) == ("RUNNING", 4, team[0].pk)


def test_a_swap_gives_the_role_to_the_next_in_turn(client, board, team):
    sign_in(client, team[0])
    asked = {"asked": "1", "present": [p.pk for p in team], "swap": "leader"}
    asked |= {"leader": team[0].pk, "timekeeper": team[1].pk, "notetaker": team[2].pk}
    roles = client.get(url("session-start", board), asked).context["roles"]
    assert [person for _role, _label, person in roles] == [team[1], team[0], team[2]]


@pytest.mark.parametrize("kind", ["CHECK_IN", "SUCCESSES", "GOALS", "ACTIONS", "PLANNING", "ROUND_OFF"])
@pytest.mark.parametrize("surface", ["session", "wall", "phone"])
def test_every_step_shows_on_every_screen(client, board, team, kind, surface):
    sign_in(client, team[0])
    session = start(board, team)
    step(board, team, session, kind)
    page = client.get(url(surface, board))
    assert page.status_code == 200
    assert f'data-shown="{kind}"' in page.content.decode()
    part = client.get(url(surface, board), {"part": "stage"}).content.decode()
    assert part.lstrip().startswith('<div class="stage"')


def test_a_whole_session_by_plain_forms(client, board, team):
    sign_in(client, team[0])
    session = start(board, team)
    sections = {s.kind: s.pk for s in board.sections.all()}
    next_week = (timezone.localdate() + timedelta(days=7)).isoformat()
    ask(client, board, "session.step", id=session, step="SUCCESSES")
    ask(client, board, "note.add", id=uuid4(), section=sections["SUCCESSES"], text="Groep 7 legt breuken uit")
    ask(client, board, "session.step", id=session, step="ACTIONS")
    ask(client, board, "action.add", id=uuid4(), text="Strook voordoen", owner=team[1].pk, due_date=next_week, goal="")
    ask(client, board, "session.step", id=session, step="ROUND_OFF")
    end = {"end": "close", "top": "Fijn tempo", "tip": "", "next_date": next_week, "op": uuid4(), "on": "session"}
    assert client.post(url("session-close", board), end).url == url("session", board)
    assert client.get(url("session", board)).url == url("record", board, session)
    assert (Note.objects.get().text, Action.objects.get().owner_id) == ("Groep 7 legt breuken uit", team[1].pk)
    states = BoardSession.objects.order_by("planned_date").values_list("state", "top")
    assert list(states) == [("CLOSED", "Fijn tempo"), ("PLANNED", "")]
    record = client.get(url("record", board, session)).content.decode()
    assert "1 van 15 minuten, 1 actie, met een eigenaar" in record
    assert "Groep 7 legt breuken uit" in record
    assert "Strook voordoen" in record


def test_one_form_per_action_holds_four_answers(client, board, team):
    sign_in(client, team[0])
    action = uuid4()
    today = timezone.localdate()
    add = an_operation("action.add", id=action, text="Kiezen", owner=team[1].pk, due_date=today)
    do(board, team[0], add, now=timezone.now())
    session = start(board, team)
    step(board, team, session, "ACTIONS")
    carried = {"id": action, "success": uuid4(), "due_date": (today + timedelta(days=7)).isoformat()}
    ask(client, board, "action.carry", **carried)
    assert Action.objects.get().carried == 1
    ask(client, board, "action.celebrate", **carried)
    assert (Action.objects.get().state, Note.objects.get().text) == ("DONE", "Kiezen")


def test_the_second_group_goes_on_with_the_same_session(client, board, team):
    sign_in(client, team[0])
    session = start(board, team[:2])
    pause = {"end": "pause", "next_date": (timezone.localdate() + timedelta(days=2)).isoformat(), "op": uuid4()}
    client.post(url("session-close", board), pause)
    assert "tweede groep" in client.get(url("session", board)).content.decode().lower()
    client.post(url("session-start", board), {"asked": "1", "present": [p.pk for p in team[2:]], "op": uuid4()})
    known = BoardSession.objects.get()
    assert (known.pk, known.state, known.sitting, known.attendances.count()) == (session, "RUNNING", 2, 4)


def test_a_hidden_section_has_no_step(client, board, team):
    sign_in(client, team[0])
    hidden = board.sections.get(kind="CHECK_IN").pk
    do(board, team[0], an_operation("section.hide", id=hidden), now=timezone.now())
    client.post(url("session-start", board), {"asked": "1", "present": [team[0].pk], "op": uuid4(), "session": uuid4()})
    assert BoardSession.objects.get().step == "SUCCESSES"
    bar = client.get(url("session", board)).context["bar"]
    assert [cell["title"] for cell in bar] == ["Successen", "Doelen", "Acties", "Planning", "Afronden"]


def test_the_check_in_shows_totals_only_when_all_have_tapped(client, board, team):
    sign_in(client, team[0])
    start(board, team[:2])
    client.post(url("session-check-in", board), {"mood": "happy", "on": "session"})
    one = client.get(url("session", board))
    assert (one.context["check_in"].tapped, one.context["check_in"].totals) == (1, None)
    sign_in(client, team[1])
    client.post(url("session-check-in", board), {"mood": "low", "on": "session"})
    assert client.get(url("session", board)).context["check_in"].totals == (1, 0, 1)


def test_skipping_keeps_the_reason_in_the_rhythm(client, board, team):
    sign_in(client, team[0])
    client.post(url("session-skip", board), {"reason": "studiedag", "op": uuid4(), "session": uuid4()})
    assert BoardSession.objects.get().skip_reason == "studiedag"
    assert "studiedag" in client.get(url("rhythm", board)).content.decode()


def test_a_phone_is_in_after_two_taps_and_out_when_the_session_ends(client, board, team):
    session = start(board, team)
    code = BoardSession.objects.get().join_code
    who = client.get(reverse("boards:join", args=[code]))
    assert "Finn" in who.content.decode()
    admitted = client.post(reverse("boards:join", args=[code]), {"person": team[1].pk})
    assert admitted.url == url("phone", board)
    assert client.get(url("phone", board)).status_code == 200
    ask(client, board, "action.add", id=uuid4(), text="Als gast", owner=team[1].pk, due_date=timezone.localdate())
    assert Action.objects.get().text == "Als gast"
    do(board, team[0], an_operation("session.close", id=session), now=timezone.now())
    assert client.get(url("phone", board)).status_code == 404


def test_a_person_of_another_team_is_not_admitted(client, board, team):
    start(board, team)
    stranger = a_member(a_board().team)
    code = BoardSession.objects.get().join_code
    assert client.post(reverse("boards:join", args=[code]), {"person": stranger.pk}).status_code == 404


def test_this_browser_becomes_a_wall_and_signs_out(client, board, team):
    sign_in(client, team[0])
    made = client.post(url("devices", board), {"name": "Teamkamer", "where": "here", "sign_out": "1"})
    assert made.url == url("wall", board)
    assert client.cookies[settings.DEVICE_COOKIE_NAME]["httponly"]
    assert client.get(url("wall", board)).status_code == 200
    assert client.get(url("records", board)).status_code == 302  # nobody is signed in any more


def test_a_link_makes_one_other_screen_a_wall(client, board, team):
    sign_in(client, team[0])
    link = client.post(url("devices", board), {"name": "Gang", "where": "link"}).context["link"]
    client.logout()
    assert client.get(link).status_code == 200
    assert client.post(link).url == url("wall", board)
    assert client.get(link).status_code == 410


def test_a_revoked_wall_shows_nothing(client, board, team):
    device, token = guests.open_device(board=board, name="Teamkamer", by=team[0], now=timezone.now())
    client.cookies[settings.DEVICE_COOKIE_NAME] = token
    assert client.get(url("wall", board)).status_code == 200
    guests.revoke_device(device=device, by=team[0], now=timezone.now())
    assert client.get(url("wall", board)).status_code == 404


def test_a_wall_opens_its_own_board_and_starts_its_session(client, board, team):
    _device, token = guests.open_device(board=board, name="Teamkamer", by=team[0], now=timezone.now())
    client.cookies[settings.DEVICE_COOKIE_NAME] = token
    other = a_board()
    assert client.get(url("wall", other)).status_code == 404
    started = {"asked": "1", "present": [team[0].pk], "op": uuid4(), "session": uuid4(), "on": "wall"}
    assert client.post(url("session-start", board), started).url == url("wall", board)
    assert Board.objects.get(pk=board.pk).sessions.get().state == "RUNNING"


def test_an_outsider_finds_nothing(client, board, team):
    sign_in(client, a_person())
    start(board, team)
    names = ("session", "session-start", "wall", "phone", "records", "rhythm", "devices")
    assert {name: client.get(url(name, board)).status_code for name in names} == dict.fromkeys(names, 404)


def test_the_second_group_is_ticked_without_the_first(client, board, team):
    sign_in(client, team[0])
    start(board, team[:2])
    client.post(url("session-close", board), {"end": "pause", "op": uuid4()})
    people = client.get(url("session-start", board)).context["people"]
    assert [person for person, is_here in people if is_here] == sorted(team[2:], key=lambda p: p.name)


@pytest.mark.parametrize("surface", ["session", "wall", "phone"])
def test_a_full_board_asks_the_database_no_more_than_an_empty_one(
    client, board, team, surface, django_assert_max_num_queries
):
    sign_in(client, team[0])
    session = start(board, team)
    step(board, team, session, "ACTIONS")
    client.get(url(surface, board))
    with CaptureQueriesContext(connection) as empty:
        client.get(url(surface, board))
    due = timezone.localdate()
    asked = [
        an_operation("action.add", id=uuid4(), text=f"Actie {n}", owner=team[0].pk, due_date=due) for n in range(6)
    ]
    do(board, team[0], *asked, now=timezone.now())
    with django_assert_max_num_queries(len(empty)):
        client.get(url(surface, board))
