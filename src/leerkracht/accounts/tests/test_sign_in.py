"""Signing in: a mailed code, nobody's password, and the same answer for known and unknown addresses."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services.people import make_person
from leerkracht.accounts.services.sign_in import make_link

from .factories import person

pytestmark = pytest.mark.django_db
LOGIN, CONFIRM, SIGNUP, VERIFY = (
    "/account/login/",
    "/account/login/code/confirm/",
    "/account/signup/",
    "/account/confirm-email/",
)


def code_in(message) -> str:
    return re.search(r"^\s*(\d{4}-\d{4})\s*$", message.body, re.MULTILINE).group(1)


def ask_code(client: Client, email: str):
    return client.post(LOGIN, {"login": email})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_code_from_the_mail_signs_in(client):
    who = person()
    assert ask_code(client, who.email).url == CONFIRM
    response = client.post(CONFIRM, {"code": code_in(mail.outbox[-1])})
    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(who.pk)


def test_one_code_is_enough_for_somebody_who_was_made_by_a_service(client):
    who = make_person(email="Nieuw@School.example", name="Nieuw", by=THE_SYSTEM, now=timezone.now())
    ask_code(client, who.email)
    client.post(CONFIRM, {"code": code_in(mail.outbox[-1])})
    assert is_signed_in(client)
    assert len(mail.outbox) == 1


def test_capitals_in_an_address_do_not_matter(client):
    who = person(email="jan@school.example")
    ask_code(client, "JAN@School.example")
    assert mail.outbox[0].to == [who.email]


def test_three_wrong_codes_end_the_attempt(client):
    ask_code(client, person().email)
    right = code_in(mail.outbox[-1])
    for _attempt in range(3):
        client.post(CONFIRM, {"code": "0000-0000"})
    client.post(CONFIRM, {"code": right})
    assert not is_signed_in(client)


def test_code_is_old_after_ten_minutes(client, monkeypatch):
    ask_code(client, person().email)
    code = code_in(mail.outbox[-1])
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 601
    session.save()
    client.post(CONFIRM, {"code": code})
    assert not is_signed_in(client)


def test_code_has_eight_figures(client):
    ask_code(client, person().email)
    assert re.fullmatch(r"\d{4}-\d{4}", code_in(mail.outbox[-1]))


def same_page(response, email: str) -> tuple[int, str]:
    """Status and page, without what is different by nature: the address itself and the form's token."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return response.status_code, text.replace(email, "ADRES")


def test_known_and_unknown_addresses_get_the_same_answer_when_signing_in():
    known, unknown = person().email, "wie@school.example"
    answers = []
    for email in (known, unknown):
        client = Client()
        first = ask_code(client, email)
        answers.append((first.status_code, first.url, same_page(client.get(first.url), email)))
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[known], [unknown]]


def test_known_and_unknown_addresses_get_the_same_answer_when_registering():
    known, unknown = person().email, "wie@school.example"
    answers = []
    for email in (known, unknown):
        client = Client()
        first = client.post(SIGNUP, {"name": "Iemand", "email": email})
        answers.append((first.status_code, first.url, same_page(client.get(first.url), email)))
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[known], [unknown]]
    assert Person.objects.filter(email=known).count() == 1


def test_sixth_request_for_a_code_is_refused_for_a_while(client):
    email = person().email
    for _request in range(5):
        Client().post(LOGIN, {"login": email})
    response = Client().post(LOGIN, {"login": email})
    assert response.status_code == 200
    assert "over tien minuten" in response.content.decode()
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "account_set_password", "account_reset_password", "account_reset_password_done"],
)
def test_there_are_no_password_pages(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path", ["password/change/", "password/set/", "password/reset/", "password/reset/done/", "reauthenticate/"]
)
def test_password_addresses_do_not_exist(client, path):
    client.force_login(person())
    assert client.get(f"/account/{path}").status_code == 404


def test_registered_person_has_no_usable_password(client):
    client.post(SIGNUP, {"name": "Lena Lezer", "email": "lena@thuis.example"})
    client.post(VERIFY, {"code": code_in(mail.outbox[-1])})
    who = Person.objects.get(email="lena@thuis.example")
    assert (who.name, who.has_usable_password(), is_signed_in(client)) == ("Lena Lezer", False, True)


def test_visitor_is_sent_to_sign_in_and_back(client):
    response = client.get("/profile/")
    assert (response.status_code, response.url) == (302, "/account/login/?next=%2Fprofile%2F")


def test_part_of_a_page_sends_the_whole_page_to_sign_in(client):
    response = client.get("/profile/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/boards/3/"})
    assert response.headers["HX-Redirect"] == "/account/login/?next=%2Fboards%2F3%2F"


def test_script_gets_a_reason_instead_of_a_page(client):
    response = client.post("/profile/", data="{}", content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (401, "sign_in")


def test_link_signs_in_once(client):
    who = person()
    token = make_link(person=who, by=THE_SYSTEM, now=timezone.now())
    page = f"/sign-in-link/{token}/"
    assert client.get(page).status_code == 200
    assert not is_signed_in(client)
    assert client.post(page).url == "/"
    assert is_signed_in(client)
    assert Client().post(page).status_code == 410


def test_link_is_worthless_after_a_day(client, monkeypatch):
    token = make_link(person=person(), by=THE_SYSTEM, now=timezone.now())
    monkeypatch.setattr("leerkracht.accounts.services.sign_in.LINK_LASTS", timedelta(seconds=-1))
    assert client.post(f"/sign-in-link/{token}/").status_code == 410


def test_made_up_link_is_refused(client):
    assert client.post("/sign-in-link/eigen-verzinsel/").status_code == 410


def test_signing_in_and_out_stands_in_the_trail(client):
    who = person()
    client.force_login(who)
    client.post("/account/logout/")
    acts = AuditEntry.objects.filter(actor_id=str(who.pk)).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["accounts.signed_in", "accounts.signed_out"]
