"""Writing and changing cards by plain forms: refusals stand beside the field, and nothing typed gets lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from leerkracht.accounts.tests.factories import sign_in
from leerkracht.boards.models import Action, Goal, Measurement, Note

from .factories import a_board, a_member, a_team, an_operation, do, section_of

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


def today():
    return timezone.localdate()


def ids():
    return {"operation": str(uuid4()), "card": str(uuid4())}


def an_action_form(teacher, **fields):
    defaults = {"text": "Drie sommen kiezen", "owner": teacher.pk, "due": "other", "due_date": today(), "goal": ""}
    return ids() | defaults | fields


def a_goal_form(**fields):
    period = {"start_date": today(), "end_date": today() + timedelta(weeks=5)}
    measure = {"measure": "weektoets", "unit": "%", "baseline": "62", "target": "80.5", "theme": ""}
    return ids() | {"text": "Leerlingen rekenen in stappen"} | measure | period | fields


def test_an_action_hangs_after_one_form(client, board, teacher):
    answer = client.post(url("card-new", board, "action"), an_action_form(teacher))
    assert answer.url == f"{url('board', board)}#section-actions"
    assert [(a.text, a.owner_id, a.due_date) for a in Action.objects.all()] == [
        ("Drie sommen kiezen", teacher.pk, today())
    ]


def test_a_refused_day_is_said_beside_it_and_the_text_stays(client, board, teacher):
    form = an_action_form(teacher, due_date=today() - timedelta(days=1))
    answer = client.post(url("card-new", board, "action"), form)
    assert (answer.status_code, Action.objects.count()) == (422, 0)
    assert answer.context["form"].errors == {"due": ["Deze dag is al voorbij. Kies vandaag of een dag daarna."]}
    assert 'value="Drie sommen kiezen"' in answer.content.decode()


def test_the_own_name_and_the_next_session_are_filled_in(client, board, teacher):
    form = client.get(url("card-new", board, "action")).context["form"]
    assert form.initial["owner"] == teacher.pk
    assert form.fields["owner"].choices[0] == (str(teacher.pk), "Fatima Karimi")


def test_a_measurable_goal_goes_on_the_board_in_one_go(client, board, teacher):
    client.post(url("card-new", board, "goal"), a_goal_form(place="1"))
    goal = Goal.objects.get()
    assert (goal.state, goal.baseline, goal.target) == ("ACTIVE", 62.0, 80.5)


def test_a_goal_without_a_measure_is_kept_as_a_draft_and_says_why(client, board, teacher):
    answer = client.post(url("card-new", board, "goal"), a_goal_form(measure="", place="1"), follow=True)
    assert Goal.objects.get().state == "DRAFT"
    said = answer.content.decode()
    assert "vul eerst in hoe je het meet" in said
    assert "Het doel is bewaard als concept." in said


def test_a_period_the_wrong_way_round_stands_beside_its_field(client, board, teacher):
    answer = client.post(url("card-new", board, "goal"), a_goal_form(end_date=today() - timedelta(days=2)))
    assert list(answer.context["form"].errors) == ["end_date"]


def test_an_example_fills_the_five_questions(client, board, teacher):
    form = client.get(url("card-new", board, "goal"), {"example": "1"}).context["form"]
    assert all(form.initial[name] not in ("", None) for name in ("text", "measure", "unit", "baseline", "target"))


def test_the_organisational_board_has_no_goal_form(client, board, teacher):
    other = a_board(board.team, kind="ORGANISATIONAL")
    assert client.get(url("card-new", other, "goal")).status_code == 404


def test_a_card_of_a_section_with_day_and_time(client, board, teacher):
    section = section_of(board, "PLANNING")
    form = ids() | {"section": section, "text": "Lesbezoek", "day": today(), "time": "10:15", "person": teacher.pk}
    answer = client.post(url("card-new", board, "note"), form)
    assert answer.url.endswith("#section-planning")
    assert [(n.text, n.time, n.person_id) for n in Note.objects.all()] == [("Lesbezoek", "10:15", teacher.pk)]


@pytest.mark.parametrize("section", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_card_without_a_section_of_this_board_is_not_found(client, board, teacher, section):
    assert client.get(url("card-new", board, "note"), {"section": section}).status_code == 404


def test_editing_keeps_what_was_typed_when_it_is_refused(client, board, teacher):
    client.post(url("card-new", board, "action"), an_action_form(teacher))
    action = Action.objects.get()
    page = url("card-edit", board, action.pk)
    too_long = an_action_form(teacher, card=action.pk, text="Half " + "lang " * 60)
    refused = client.post(page, too_long)
    assert (refused.status_code, "Half lang lang" in refused.content.decode()) == (422, True)
    client.post(page, an_action_form(teacher, card=action.pk, text="Vier sommen kiezen"))
    action.refresh_from_db()
    assert action.text == "Vier sommen kiezen"


def test_a_measurement_and_an_end_with_what_stays(client, board, teacher):
    client.post(url("card-new", board, "goal"), a_goal_form(place="1"))
    goal = Goal.objects.get()
    measured = ids() | {"goal": goal.pk, "value": "71", "date": today(), "remark": "Groep 7"}
    client.post(url("goal-measure", board, goal.pk), measured)
    assert [(m.value, m.remark) for m in Measurement.objects.all()] == [(71.0, "Groep 7")]
    closing = {"operation": str(uuid4()), "card": goal.pk, "outcome": "PARTLY", "kept": "Elke les een strook"}
    client.post(url("goal-close", board, goal.pk), closing)
    goal.refresh_from_db()
    assert (goal.state, goal.kept) == ("PARTLY", "Elke les een strook")


def test_a_measurement_of_tomorrow_is_refused_beside_its_day(client, board, teacher):
    client.post(url("card-new", board, "goal"), a_goal_form(place="1"))
    goal = Goal.objects.get()
    later = ids() | {"goal": goal.pk, "value": "71", "date": today() + timedelta(days=1)}
    answer = client.post(url("goal-measure", board, goal.pk), later)
    assert list(answer.context["measure_form"].errors) == ["date"]


def test_a_card_of_another_board_is_not_found(client, board, teacher):
    other = a_board()
    stranger = a_member(other.team)
    op = an_operation("action.add", id=uuid4(), text="Van hen", owner=stranger.pk, due_date=today())
    do(other, stranger, op, now=timezone.now())
    assert client.get(url("card-edit", board, op.payload.id)).status_code == 404
