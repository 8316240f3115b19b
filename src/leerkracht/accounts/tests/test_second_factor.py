"""An authenticator app from set-up to sign-in, and what somebody may do who still owes a second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from leerkracht.accounts.queries import second_factor
from leerkracht.core.views.access import public

from .factories import person, sign_in

pytestmark = pytest.mark.django_db
ACTIVATE, AUTHENTICATE = "/account/2fa/totp/activate/", "/account/2fa/authenticate/"


@public("for this test")
def who_am_i(request):
    return HttpResponse(str(request.user.is_authenticated))


urlpatterns = [path("who-am-i/", who_am_i), path("", include("leerkracht.config.urls"))]


@pytest.fixture
def everyone_needs_one(monkeypatch):
    monkeypatch.setattr(second_factor, "_requirements", [lambda person: True])


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up_app(client: Client) -> str:
    secret = re.search(r"<output>([A-Z2-7]{20,})</output>", client.get(ACTIVATE).content.decode()).group(1)
    response = client.post(ACTIVATE, {"code": app_code(secret)})
    assert response.url == "/account/2fa/recovery-codes/"
    return secret


def test_who_owes_a_second_factor_is_sent_to_set_one_up(client, everyone_needs_one):
    client.force_login(person())
    assert client.get("/profile/").url == "/second-factor/?next=%2Fprofile%2F"
    assert client.get("/").url == "/second-factor/?next=%2F"
    assert client.post("/profile/", {"name": "X", "language": "nl"}).url == "/second-factor/"
    part = client.get("/profile/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/"})
    assert part.headers["HX-Redirect"] == "/second-factor/?next=%2F"
    assert client.post("/profile/", "{}", content_type="application/json").status_code == 401
    assert client.get("/second-factor/").status_code == 200
    assert client.get(ACTIVATE).status_code == 200
    assert client.get("/account/2fa/webauthn/add/").status_code == 200


def test_who_owes_a_second_factor_counts_as_a_visitor_on_public_pages(client, everyone_needs_one, settings):
    settings.ROOT_URLCONF = __name__
    who = person()
    client.force_login(who)
    assert client.get("/who-am-i/").content == b"False"
    assert sign_in(Client(), who).get("/who-am-i/").content == b"True"


@pytest.mark.django_db(transaction=True)  # what happens after the commit is part of it
def test_setting_up_an_app_counts_at_once_and_is_asked_at_the_next_sign_in(client, everyone_needs_one):
    who = person()
    client.force_login(who)
    secret = set_up_app(client)
    assert client.get("/profile/").status_code == 200
    assert "Je herstelcodes" in client.get("/account/2fa/recovery-codes/").content.decode()

    again = Client()
    again.post("/account/login/", {"login": who.email})
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body).group()
    assert again.post("/account/login/code/confirm/", {"code": code}).url == AUTHENTICATE
    assert again.get("/profile/").url == "/account/login/?next=%2Fprofile%2F"
    wrong = again.post(AUTHENTICATE, {"code": "000000"})
    assert "Deze code klopt niet" in wrong.content.decode()
    assert again.post(AUTHENTICATE, {"code": app_code(secret)}).url == "/"
    assert again.get("/profile/").status_code == 200


@pytest.mark.django_db(transaction=True)  # what happens after the commit is part of it
def test_recovery_code_opens_the_door_once(client, everyone_needs_one):
    who = person()
    client.force_login(who)
    set_up_app(client)
    code = Authenticator.objects.get(user=who, type="recovery_codes").wrap().get_unused_codes()[0]
    client.logout()
    for opens in (True, False):
        door = Client()
        door.post("/account/login/", {"login": who.email})
        door.post("/account/login/code/confirm/", {"code": re.search(r"\d{4}-\d{4}", mail.outbox[-1].body).group()})
        assert door.post(AUTHENTICATE, {"code": code}).status_code == (302 if opens else 200)


@pytest.mark.django_db(transaction=True)  # what happens after the commit is part of it
def test_last_second_factor_stays_while_a_role_asks_it(client, everyone_needs_one):
    who = person()
    client.force_login(who)
    set_up_app(client)
    session = client.session
    session["account_authentication_methods"][-1]["reauthenticated"] = True
    session.save()
    response = client.post("/account/2fa/totp/deactivate/")
    assert "Bij jouw rol hoort een tweede sleutel" in response.content.decode()
    assert Authenticator.objects.filter(user=who, type="totp").exists()


def test_secret_of_an_app_is_unreadable_in_the_database(client):
    who = person()
    client.force_login(who)
    secret = set_up_app(client)
    assert secret not in str(Authenticator.objects.get(user=who, type="totp").data)


def test_second_factor_of_the_demonstration_is_worth_nothing_outside_it(settings):
    who = person()
    session = {
        "account_authentication_methods_user": str(who.pk),
        "account_authentication_methods": [{"method": "mfa", "type": second_factor.DEMONSTRATION}],
    }
    settings.DEMONSTRATION = True
    assert second_factor.is_verified(session, who)
    settings.DEMONSTRATION = False
    assert not second_factor.is_verified(session, who)


def test_second_factor_of_somebody_else_does_not_count():
    first, second = person(), person()
    session = {
        "account_authentication_methods_user": str(first.pk),
        "account_authentication_methods": [{"method": "mfa", "type": "totp"}],
    }
    assert second_factor.is_verified(session, first)
    assert not second_factor.is_verified(session, second)


def minutes_later(client: Client, minutes: int) -> None:
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**one, "at": one["at"] - minutes * 60} for one in records]
    session.save()


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("leerkracht.accounts.tests.acting_urls")
def test_what_reaches_far_asks_the_second_factor_again_after_a_quarter_of_an_hour_and_then_goes_on(client):
    client.force_login(person())
    secret = set_up_app(client)
    minutes_later(client, 14)
    assert client.post("/act/", {"what": "first"}).content == b"done first"
    minutes_later(client, 2)
    asked = client.post("/act/", {"what": "second"})
    assert asked.url == "/account/2fa/reauthenticate/?next=%2Fact%2F"
    assert client.post(asked.url, {"code": "000000", "next": "/act/"}).status_code == 200
    cache.clear()  # the code of this half minute was used to set the app up
    assert client.post(asked.url, {"code": app_code(secret), "next": "/act/"}).content == b"done second"
    assert client.post("/act/", {"what": "third"}).content == b"done third"


@pytest.mark.urls("leerkracht.accounts.tests.acting_urls")
def test_who_has_no_second_factor_is_not_asked_for_one(client):
    client.force_login(person())
    assert client.post("/act/", {"what": "mine"}).content == b"done mine"


@pytest.mark.django_db(transaction=True)
def test_showing_a_second_factor_changes_the_key_of_a_sign_in(client):
    who = person()
    client.force_login(who)
    before = client.session.session_key
    UserSession.objects.create(user=who, session_key=before, ip="192.0.2.1")
    set_up_app(client)
    after = client.session.session_key
    assert after != before
    assert client.get("/profile/").status_code == 200
    assert [place.session_key for place in UserSession.objects.filter(user=who)] == [after]
    assert not Session.objects.filter(session_key=before).exists()
