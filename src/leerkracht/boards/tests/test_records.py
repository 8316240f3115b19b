"""Records: who reads them, finding one, and the PDF that the task worker makes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from leerkracht.accounts.tests.factories import sign_in
from leerkracht.boards.models import BoardSession
from leerkracht.boards.queries import records
from leerkracht.boards.services import guests, setup
from leerkracht.boards.services import records as record_files
from leerkracht.boards.tasks import make_record_pdf
from leerkracht.organisations.models import Role

from .factories import NOW, TODAY, a_board, a_member, a_person, a_role, a_team, an_operation, do, section_of

pytestmark = pytest.mark.django_db
LOGIN = 302


@pytest.fixture
def board():
    return a_board(a_team(name="Bovenbouw"))


@pytest.fixture
def member(board):
    return a_member(board.team, "Mila Jansen")


@pytest.fixture
def held(board, member):
    """A session of five minutes with one action and one success, closed."""
    session, end = uuid4(), NOW + timedelta(minutes=5)
    action = an_operation("action.add", id=uuid4(), text="Strook voordoen", owner=member.pk, due_date=TODAY)
    success = an_operation("note.add", id=uuid4(), section=section_of(board, "SUCCESSES"), text="Breuken lukken")
    do(
        board,
        member,
        an_operation("session.start", id=session, leader=member.pk, present=(member.pk,)),
        action,
        success,
    )
    do(board, member, an_operation("session.close", id=session, next_date=TODAY + timedelta(days=7)), now=end)
    return session


def url(name, board, *more):
    return reverse(f"boards:{name}", args=[board.pk, *more])


def people_of(board):
    """Everybody who may stand before the door of a record, by what they are."""
    school = board.team.school
    invited = a_role(Role.EXPERT_COACH, school)
    setup.invite_reader(board=board, person=invited, by=invited, now=timezone.now() - timedelta(days=1))
    return {
        "teacher": a_member(board.team),
        "school coach": a_role(Role.SCHOOL_COACH, school),
        "school leader": a_role(Role.SCHOOL_LEADER, school),
        "invited coach": invited,
        "coach not invited": a_role(Role.EXPERT_COACH, school),
        "teacher of another team": a_member(a_team(school)),
        "central team": a_role(Role.CENTRAL_TEAM),
        "outsider": a_person(),
    }


MATRIX = {
    #                            list record rhythm  start devices wall
    "teacher": (200, 200, 200, 200, 200, 200),
    "school coach": (200, 200, 200, 200, 200, 200),
    "school leader": (200, 200, 200, 200, 200, 200),
    "invited coach": (200, 200, 200, 403, 403, 200),
    "coach not invited": (404, 404, 404, 404, 404, 404),
    "teacher of another team": (404, 404, 404, 404, 404, 404),
    "central team": (404, 404, 404, 404, 404, 404),
    "outsider": (404, 404, 404, 404, 404, 404),
}


@pytest.mark.parametrize("who", MATRIX)
def test_who_reads_records_and_who_starts_a_session(client, board, held, who):
    sign_in(client, people_of(board)[who])
    pages = [url("records", board), url("record", board, held), url("rhythm", board)]
    pages += [url("session-start", board), url("devices", board), url("wall", board)]
    assert tuple(client.get(page).status_code for page in pages) == MATRIX[who]


def test_a_wall_and_a_guest_read_no_records(client, board, member, held):
    _device, token = guests.open_device(board=board, name="Teamkamer", by=member, now=timezone.now())
    client.cookies[settings.DEVICE_COOKIE_NAME] = token
    session = uuid4()
    do(board, member, an_operation("session.start", id=session), now=timezone.now())
    running = BoardSession.objects.get(pk=session)
    _guest, token = guests.admit(session=running, person=member, now=timezone.now())
    client.cookies[settings.GUEST_COOKIE_NAME] = token
    assert client.get(url("phone", board)).status_code == 200
    assert client.get(url("records", board)).status_code == LOGIN
    assert client.get(url("record", board, held)).status_code == LOGIN


def test_a_record_of_another_board_is_not_found(client, board, member, held):
    sign_in(client, member)
    other = a_board(board.team, kind="ORGANISATIONAL")
    assert client.get(url("record", other, held)).status_code == 404


def test_a_record_is_found_by_words_that_were_written_in_it(board, held):
    assert [s.pk for s in records.sessions_of(board, words="strook")] == [held]
    assert list(records.sessions_of(board, words="iets anders")) == []


def test_the_list_comes_as_a_file_that_runs_nothing(client, board, member, held):
    sign_in(client, member)
    BoardSession.objects.update(top="=HYPERLINK(1)")
    lines = client.get(url("records", board), {"export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert lines == [
        "Datum;Stand;Minuten;Aanwezig;Leiding;Top;Tip;Reden",
        "2026-11-17;gehouden;5;1;Mila Jansen;'=HYPERLINK(1);;",
    ]


def test_closing_asks_the_worker_for_a_tagged_pdf(board, held):
    name = make_record_pdf.call(board.pk, str(held), "nl")
    with default_storage.open(name) as file:
        pdf = file.read()
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid:part" in pdf
    assert make_record_pdf.call(board.pk, str(held), "nl") == name


def test_a_record_waits_for_its_pdf_and_then_gives_it(client, board, member, held):
    sign_in(client, member)
    waiting = client.get(url("record-pdf", board, held))
    assert waiting.status_code == 202
    assert client.post(url("record-pdf", board, held)).status_code == 302
    record_files.make_pdf(board_id=board.pk, session_id=held, language="nl")
    ready = client.get(url("record-pdf", board, held))
    assert (ready.status_code, ready["Content-Type"]) == (200, "application/pdf")
    assert b"".join(ready.streaming_content).startswith(b"%PDF")
    ready.close()


@pytest.mark.django_db(transaction=True)
def test_the_closing_of_a_session_is_a_task(board, member):
    session = uuid4()
    do(board, member, an_operation("session.start", id=session))
    do(board, member, an_operation("session.close", id=session))
    (task,) = DBTaskResult.objects.all()
    assert (task.task_path, task.args_kwargs["args"]) == (
        "leerkracht.boards.tasks.make_record_pdf",
        [board.pk, str(session), "nl"],
    )


def test_who_was_away_gets_five_lines_and_who_was_there_none(board, member, held):
    away = a_member(board.team, "Daan Vos")
    now = NOW + timedelta(days=1)
    ((missed, told),) = records.missed_by(away, now)
    assert (missed.pk, told.summary(away.pk)[0]) == (
        board.pk,
        "Op dinsdag 17 november stond 1 collega aan het bord (5 min).",
    )
    assert records.missed_by(member, now) == []


def test_a_session_closed_too_early_goes_on(client, board, member, held):
    sign_in(client, member)
    page = client.get(url("record", board, held))
    asked = {"kind": "undo", "operation": page.context["undo"], "op": uuid4()}
    client.post(url("session-do", board), asked)
    assert BoardSession.objects.get(pk=held).state == "RUNNING"
