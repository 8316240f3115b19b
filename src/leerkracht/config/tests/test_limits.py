"""How often one may try, and what is kept of a browser's report."""

import json
from datetime import date, timedelta

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.utils import timezone

from leerkracht.config.caches import MOST, hashed
from leerkracht.config.caches import caches as caches_for
from leerkracht.config.checks import Level, policy
from leerkracht.core.kernel.reports import refusal_of
from leerkracht.core.models import KeptValue
from leerkracht.core.queries.reports import refusals_since
from leerkracht.core.services.reports import count_refusal

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
REPORTS = "/policy-reports/"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    caches["kept"].clear()


def report(directive="style-src-attr", blocked="inline", **more):
    return json.dumps({"csp-report": {"effective-directive": directive, "blocked-uri": blocked, **more}}).encode()


def send(body, address="10.0.0.1"):
    return Client().post(REPORTS, body, content_type="application/csp-report", REMOTE_ADDR=address)


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (report(), "style-src-attr inline"),
        (report("connect-src", "https://elders.example/pad?naam=Anouk"), "connect-src web"),
        (report("script-src-elem", "moz-extension://abc/x.js"), "script-src-elem extension"),
        (report("require-trusted-types-for", "trusted-types-sink"), "require-trusted-types-for sink"),
        (report("naam van iemand"), None),
        (b"[]", None),
        (b"{", None),
        (b'{"csp-report": 3}', None),
        (b"\xff", None),
    ],
)
def test_of_a_report_only_two_words_are_kept(body, refusal):
    assert refusal_of(body) == refusal


def test_a_report_is_counted_without_where_or_who():
    assert send(report(**{"document-uri": "https://leerkracht.example/i/geheim"})).status_code == 204
    assert refusals_since(timezone.localdate()) == {"style-src-attr inline": 1}
    assert "geheim" not in str(list(KeptValue.objects.values()))


@pytest.mark.parametrize("body", [b"{", report() + b" " * 20_000])
def test_what_is_no_report_or_too_long_is_refused(body):
    assert send(body).status_code == 400
    assert refusals_since(timezone.localdate()) == {}


def test_refusals_are_forgotten_after_a_week():
    for days in (7, 6, 0):
        count_refusal(refusal="img-src web", on=TODAY - timedelta(days=days))
    assert refusals_since(TODAY) == {"img-src web": 2}


def test_doctor_tells_of_refusals_but_not_of_extensions():
    count_refusal(refusal="script-src-elem extension", on=timezone.localdate())
    assert [finding.level for finding in policy.look()] == [Level.FINE]
    count_refusal(refusal="img-src web", on=timezone.localdate())
    [finding] = policy.look()
    assert (finding.level, "img-src web (1)" in finding.text) == (Level.NOTE, True)


def test_one_address_too_often_is_asked_to_wait_and_another_is_not():
    assert {send(report()).status_code for _time in range(60)} == {204}
    refused = send(report())
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "Even wachten" in refused.content.decode()
    assert send(report(), "10.0.0.2").status_code == 204


def test_codes_of_a_wall_cannot_be_tried_out():
    client = Client()
    assert {client.get("/j/", {"code": f"abcd{number:04}"}).status_code for number in range(30)} == {404}
    assert client.get("/j/", {"code": "abcd9999"}).status_code == 429
    assert client.get("/j/abcd9999/").status_code == 429
    assert client.get("/j/").status_code == 200


def test_a_key_tells_no_address_and_a_busy_morning_throws_no_count_away():
    assert "10.0.0.1" not in hashed("allauth:rl:ip:10.0.0.1", "", 1)
    assert hashed("a", "", 1) != hashed("b", "", 1)
    for number in range(400):
        cache.set(f"count {number}", number)
    assert [cache.get(f"count {number}") for number in range(400)] == list(range(400))
    assert cache._max_entries == MOST


def test_several_processes_share_their_counts_and_one_alone_keeps_them():
    assert caches_for("django.db.backends.postgresql")["default"]["BACKEND"].endswith("DatabaseCache")
    assert caches_for("django.db.backends.sqlite3")["default"]["BACKEND"].endswith("LocMemCache")
    assert caches_for("django.db.backends.sqlite3")["kept"]["LOCATION"] == KeptValue._meta.db_table
