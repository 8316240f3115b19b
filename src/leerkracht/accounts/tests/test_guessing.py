"""Guessing somebody's code leads nowhere, and does not shut the owner out; nor does the answer tell who is known."""

import re
from types import SimpleNamespace

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkracht.accounts.services import outbox

from . import guessing
from .factories import person

pytestmark = pytest.mark.django_db
MOST_EVALUATED = 60


def test_of_many_guesses_in_ten_minutes_few_are_looked_at_and_the_owner_gets_in(monkeypatch):
    outcome = guessing.guess(monkeypatch, guesses=400)
    assert (outcome.sent, outcome.owner_is_in) == (400, True)
    assert 0 < outcome.evaluated <= MOST_EVALUATED


def test_without_the_limits_every_guess_would_be_looked_at(monkeypatch, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    assert guessing.guess(monkeypatch, guesses=100).evaluated == 100


def test_one_session_compares_no_more_than_six_codes_even_at_the_same_moment(client, monkeypatch):
    """Requests at one moment all read "no wrong code yet" from the session; the shared count does not."""
    cache.clear()
    client.post("/account/login/", {"login": person().email})
    before = dict(client.session)
    evaluated = []
    monkeypatch.setattr(guessing.forms, "compare_user_code", lambda *, actual, expected: evaluated.append(actual))
    for number in range(10):
        client.post("/account/login/code/confirm/", {"code": f"{number:08d}"})
        session = client.session
        session.update(before)
        session.save()
    assert len(evaluated) == 6


def answer_to(path, data, email):
    """All that somebody sees who typed an address, with what is new every time taken out."""
    client = Client()
    with CaptureQueriesContext(connection) as asked:
        first = client.post(path, data)
    page = client.get(first.url)
    text = re.sub(r'(csrfmiddlewaretoken" value|csrf-token" content)="[^"]+"', "", page.content.decode())
    cookies = sorted((name, len(morsel.value), morsel["samesite"]) for name, morsel in client.cookies.items())
    headers = [
        sorted((name, value) for name, value in answer.headers.items() if name != "Expires") for answer in (first, page)
    ]
    return first.status_code, page.status_code, headers, cookies, text.replace(email, "ADRES"), len(asked)


@pytest.mark.parametrize(
    ("path", "field", "more"), [("/account/login/", "login", {}), ("/account/signup/", "email", {"name": "Iemand"})]
)
def test_known_and_unknown_addresses_get_the_same_answer_to_the_byte(path, field, more):
    known, unknown = person(email="bekende@school.example").email, "vreemde@school.example"
    [first, second] = [answer_to(path, {field: email, **more}, email)[:-1] for email in (known, unknown)]
    assert first == second
    assert [message.to for message in mail.outbox] == [[known], [unknown]]


def test_mail_leaves_after_the_answer(settings, monkeypatch, rf):
    settings.MAIL_AT_ONCE = False
    waiting = []
    monkeypatch.setattr(outbox, "_thread", SimpleNamespace(submit=lambda run, send: waiting.append((run, send))))
    monkeypatch.setattr(outbox, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(outbox.connections, "close_all", lambda: None)
    with context.request_context(rf.get("/")):
        get_adapter().send_mail("account/email/unknown_account", "wie@school.example", {"signup_url": "/"})
    assert mail.outbox == []
    for run, send in waiting:
        run(send)
    assert [message.to for message in mail.outbox] == [["wie@school.example"]]


def test_a_mail_that_cannot_leave_is_logged_and_stops_nothing(monkeypatch, caplog):
    def broken():
        raise OSError("mail.example does not answer")

    monkeypatch.setattr(outbox, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(outbox.connections, "close_all", lambda: None)
    outbox._send(broken)
    assert [record.getMessage() for record in caplog.records] == ["a mail of the sign-in pages could not leave"]
