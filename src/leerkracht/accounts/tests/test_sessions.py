"""How long a sign-in lasts, and the list of places where somebody is signed in."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from leerkracht.accounts.queries.sessions import person_behind
from leerkracht.accounts.rules import SessionLimits, device_words, is_over
from leerkracht.core.signals import sign_in_ended

from .factories import person

LIMITS = SessionLimits(idle=60, whole=600)


@pytest.mark.parametrize(
    ("began", "seen", "over"),
    [
        (0, 100, False),
        (0, 50, False),
        (0, 41, False),
        (0, 40, True),
        (-500, 100, True),
        (None, 100, True),
        (0, None, True),
    ],
)
def test_sign_in_ends_by_silence_or_by_age(began, seen, over):
    assert is_over(began_at=began, seen_at=seen, now=100, limits=LIMITS) is over


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140.0 Safari/537.36 Edg/140.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1", ("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36", ("Chrome", "Chromebook")),
        ("curl/8", ("", "")),
    ],
)
def test_device_has_a_name_people_know(user_agent, words):
    assert device_words(user_agent) == words


def turn_back(client: Client, key: str, seconds: int) -> None:
    session = client.session
    session[key] -= seconds
    session.save()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["began_at", "seen_at"])
def test_idle_or_old_sign_in_ends_with_a_word_about_it(client, key):
    client.force_login(person())
    assert client.get("/profile/").status_code == 200
    turn_back(client, key, 12 * 3600)
    response = client.get("/profile/", follow=True)
    assert response.redirect_chain == [("/account/login/?next=%2Fprofile%2F", 302)]
    assert "Je bent uitgelogd" in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_work_keeps_a_sign_in_alive(client):
    client.force_login(person())
    turn_back(client, "seen_at", 50 * 60)
    assert client.get("/still-here/").status_code == 204
    turn_back(client, "seen_at", 50 * 60)
    assert client.get("/profile/").status_code == 200


@pytest.mark.django_db
def test_session_outside_the_middleware_names_its_person_and_ends_alike(client):
    who = person()
    client.force_login(who)
    now = timezone.now()
    assert person_behind(client.session, now) == who
    assert person_behind(client.session, now + timedelta(hours=1)) is None
    who.is_active = False
    who.save()
    assert person_behind(client.session, now) is None
    assert person_behind({}, now) is None


def sign_in_by_library(who, user_agent: str) -> Client:
    client = Client(headers={"User-Agent": user_agent})
    client.force_login(who)
    UserSession.objects.create(user=who, session_key=client.session.session_key, user_agent=user_agent, ip="192.0.2.1")
    return client


@pytest.mark.django_db
def test_signing_out_elsewhere_ends_all_places_but_this_one():
    who = person()
    here, there = sign_in_by_library(who, "Firefox Windows"), sign_in_by_library(who, "Safari iPhone")
    stranger = sign_in_by_library(person(), "Firefox Windows")
    page = here.get("/profile/").content.decode()
    assert "Firefox op Windows" in page
    assert "Safari op iPhone" in page
    assert here.post("/profile/sign-out-elsewhere/").url == "/profile/"
    assert here.get("/profile/").status_code == 200
    assert there.get("/profile/").status_code == 302
    assert stranger.get("/profile/").status_code == 200


@pytest.mark.django_db
def test_whoever_keeps_something_open_hears_of_each_end(django_capture_on_commit_callbacks):
    heard = []

    def hear(session_key, **kwargs):
        heard.append(session_key)

    sign_in_ended.connect(hear)
    who = person()
    here, there = sign_in_by_library(who, "Firefox Windows"), sign_in_by_library(who, "Safari iPhone")
    keys = [there.session.session_key, here.session.session_key]
    with django_capture_on_commit_callbacks(execute=True):
        here.post("/profile/sign-out-elsewhere/")
    assert heard == keys[:1]
    with django_capture_on_commit_callbacks(execute=True):
        here.post("/account/logout/")
    assert heard == keys


@pytest.mark.django_db
def test_network_address_is_not_kept():
    sign_in_by_library(person(), "Firefox")
    assert UserSession.objects.get().ip == "0.0.0.0"


@pytest.mark.django_db
def test_profile_costs_the_same_for_one_place_and_for_three(django_assert_num_queries):
    who = person()
    client = sign_in_by_library(who, "Firefox")
    client.get("/profile/")
    with django_assert_num_queries(10):
        client.get("/profile/")
    for _place in range(3):
        sign_in_by_library(who, "Safari")
    with django_assert_num_queries(10):
        client.get("/profile/")


@pytest.mark.django_db
def test_name_and_language_are_ones_own_to_change(client):
    who = person()
    client.force_login(who)
    assert client.post("/profile/", {"name": "Sam", "language": "en"}).url == "/profile/"
    who.refresh_from_db()
    assert (who.name, who.language) == ("Sam", "en")
    response = client.post("/profile/", {"name": "", "language": "en"})
    assert response.status_code == 422


@pytest.mark.django_db
def test_language_follows_person_then_cookie_and_never_the_browser(client, settings):
    assert client.get("/account/login/", headers={"Accept-Language": "en"}).headers["Content-Language"] == "nl"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/account/login/").headers["Content-Language"] == "en"
    client.force_login(person(language="nl"))
    assert client.get("/profile/").headers["Content-Language"] == "nl"
