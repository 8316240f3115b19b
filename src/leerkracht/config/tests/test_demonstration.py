"""The demonstration's doors: open inside it, absent outside it."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from leerkracht.accounts.services.demonstration import sign_in_as
from leerkracht.accounts.tests.factories import person as real_person
from leerkracht.config.queries.demonstration import MADE_UP, groups, mails
from leerkracht.config.views import demo, demo_mail, demo_sign_in
from leerkracht.organisations.models import Role
from leerkracht.organisations.tests.factories import TODAY, a_member, a_person, a_role, a_school, a_team

pytestmark = pytest.mark.django_db
PATHS = ["/demo/", "/demo/mail/", "/demo/as/1/"]


@pytest.fixture
def in_demonstration(settings, tmp_path):
    settings.DEMONSTRATION = True
    settings.ROOT_URLCONF = "leerkracht.config.tests.demonstration_urls"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.EMAIL_FILE_PATH.mkdir()


@pytest.mark.parametrize("name", ["demo", "demo-mail", "demo-sign-in"])
def test_outside_the_demonstration_the_doors_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name, args=[1] if name == "demo-sign-in" else [])


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_the_demonstration_the_doors_are_not_found(client, path, method):
    a_person()
    assert getattr(client, method)(path).status_code == 404


def test_outside_the_demonstration_the_doors_refuse_even_when_somebody_gives_them_an_address(client, settings):
    settings.ROOT_URLCONF = "leerkracht.config.tests.demonstration_urls"
    who = a_person()
    for path in ("/demo/", "/demo/mail/", f"/demo/as/{who.pk}/"):
        assert client.post(path).status_code == 404
    assert "_auth_user_id" not in client.session


def test_each_door_refuses_by_itself():
    who, request = a_person(), RequestFactory().post("/")
    for view, arguments in ((demo, {}), (demo_mail, {}), (demo_sign_in, {"person_id": who.pk})):
        with pytest.raises(Http404):
            view(request, **arguments)
    with pytest.raises(Http404):
        sign_in_as(request=request, person=who)


def test_one_click_is_somebody_with_second_factor_and_all(in_demonstration, client):
    who = a_role(Role.CENTRAL_TEAM).person
    assert client.get("/").url == "/demo/"
    assert who.name in client.get("/demo/").content.decode()
    assert client.post(f"/demo/as/{who.pk}/").url == "/"
    assert client.get("/profile/").status_code == 200


def test_second_click_is_somebody_else(in_demonstration, client):
    first, second = a_member(a_team()).person, a_member(a_team()).person
    client.post(f"/demo/as/{first.pk}/")
    client.post(f"/demo/as/{second.pk}/")
    assert client.session["_auth_user_id"] == str(second.pk)


def test_only_made_up_people_stand_at_the_door(in_demonstration, client):
    real = real_person("Echt Iemand", email="iemand@school.nl")
    a_member(a_team(), real)
    a_role(Role.SCHOOL_COACH, real, school=a_school())
    assert "Echt Iemand" not in client.get("/demo/").content.decode()
    assert client.post(f"/demo/as/{real.pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_door_takes_a_click_and_not_a_link(in_demonstration):
    who = a_member(a_team()).person
    assert Client().get(f"/demo/as/{who.pk}/").status_code == 405
    assert Client(enforce_csrf_checks=True).post(f"/demo/as/{who.pk}/").status_code == 403


def test_people_stand_by_place_with_all_their_roles(django_assert_num_queries):
    team = a_team(a_school(name="De Regenboog"), name="Bovenbouw")
    coach = a_member(team).person
    a_role(Role.SCHOOL_COACH, coach, school=team.school)
    leader = a_role(Role.SCHOOL_LEADER, school=team.school).person
    expert = a_role(Role.EXPERT_COACH, school=team.school).person
    a_role(Role.EXPERT_COACH, expert, school=a_school())
    fund = a_role(Role.FUND).person
    with django_assert_num_queries(2):
        found = groups(TODAY)
    assert [(group.title, [(double.person, double.roles) for double in group.people]) for group in found] == [
        ("De Regenboog", [(leader, "schoolleider"), (coach, "schoolcoach · leraar, Bovenbouw")]),
        ("De stichting", [(expert, "expertcoach op 2 plekken")]),
        ("Om de school heen", [(fund, "fonds")]),
    ]
    assert all(double.person.email.endswith(MADE_UP) for group in found for double in group.people)


def send(text: str, subject: str, *, html: str = "") -> None:
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
    message = EmailMultiAlternatives(subject, text, "van@school.example", ["aan@school.example"], connection=connection)
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


def test_mail_is_read_with_its_code_and_its_links(in_demonstration, client, settings):
    send("Hallo,\n\n    1234-5678\n\nDe code werkt tien minuten.", "Je code", html="<p>1234-5678</p>")
    send("Welkom bij ‘De Regenboog’: http://localhost:8000/invitation/abc/.", "Doe je mee?")
    found = {mail.subject: mail for mail in mails(settings.EMAIL_FILE_PATH)}
    assert (found["Je code"].code, found["Je code"].links) == ("1234-5678", ())
    assert (found["Doe je mee?"].code, found["Doe je mee?"].links) == ("", ("http://localhost:8000/invitation/abc/",))
    page = client.get("/demo/mail/").content.decode()
    assert "Welkom bij ‘De Regenboog’" in page
    assert 'href="http://localhost:8000/invitation/abc/"' in page


def test_mail_cannot_run_anything_on_the_page(in_demonstration, client):
    send("<script>alert(1)</script>", "<b>Dag</b>")
    page = client.get("/demo/mail/").content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>Dag</b>" not in page


def test_empty_mailbox_says_what_will_stand_there(in_demonstration, client):
    assert "Nog geen mail" in client.get("/demo/mail/").content.decode()
