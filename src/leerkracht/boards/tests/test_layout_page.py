"""The layout and who reads along, by plain forms."""

from uuid import uuid4

import pytest
from django.urls import reverse

from leerkracht.accounts.models import AuditEntry
from leerkracht.accounts.tests.factories import sign_in
from leerkracht.boards.models import BoardReader
from leerkracht.organisations.models import Role

from .factories import a_board, a_member, a_role, a_team, section_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return a_board(a_team(name="Bovenbouw"))


@pytest.fixture
def teacher(board, client):
    person = a_member(board.team, "Fatima Karimi")
    sign_in(client, person)
    return person


def url(name, board, *more):
    return reverse(f"boards:{name}", args=[board.pk, *more])


def titles(client, board):
    return [section["title"] for section in client.get(url("layout", board)).context["sections"]]


def test_sections_are_renamed_and_get_their_own_name_back(client, board, teacher):
    parked = section_of(board, "PARKED")
    for title, kept in (("Later", "Later"), ("Parkeerplaats", ""), ("", "")):
        client.post(url("layout", board), {"rename": parked, "title": title, "operation": str(uuid4())})
        assert board.sections.get(pk=parked).title == kept


def test_sections_are_added_ordered_and_hidden(client, board, teacher):
    new = {"add": "1", "title": "Wat zien we?", "operation": str(uuid4()), "section": str(uuid4())}
    assert client.post(url("layout", board), new).status_code == 302
    assert titles(client, board)[-1] == "Wat zien we?"
    for what in (f"section.move/{new['section']}/up", f"section.hide/{section_of(board, 'HELP')}"):
        client.post(url("operate", board), {"do": what, "operation": str(uuid4()), "next": url("layout", board)})
    assert titles(client, board)[-2:] == ["Wat zien we?", "Hulpvragen"]
    assert "Hulpvragen" not in client.get(url("board", board)).content.decode()


def test_a_section_without_a_name_is_refused_in_place(client, board, teacher):
    answer = client.post(url("layout", board), {"add": "1", "title": "", "operation": uuid4(), "section": uuid4()})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["title"])


def test_only_a_coach_of_the_school_can_be_asked_to_read(client, board, teacher):
    coach = a_role(Role.EXPERT_COACH, board.school)
    stranger = a_role(Role.EXPERT_COACH, a_team().school)
    assert client.post(url("readers", board), {"person": stranger.pk}).status_code == 422
    assert client.post(url("readers", board), {"person": coach.pk}).status_code == 302
    reader = BoardReader.objects.get()
    assert (reader.person_id, reader.to_date) == (coach.pk, None)
    client.post(url("reader-end", board, reader.pk))
    reader.refresh_from_db()
    assert reader.to_date is not None
    acts = list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-2:] == ["boards.reader_invited", "boards.reader_ended"]
