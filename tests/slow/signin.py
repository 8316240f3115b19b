"""Signing in tells nobody who is known, and guessing leads nowhere: 1,000 tries of each kind, 10,000 guesses.

Run: ``bin/test --slow signin``.
"""

from __future__ import annotations

import http.client
import math
import random
import re
import sqlite3
import time
from statistics import median
from urllib.parse import urlencode, urlsplit

import pytest

from leerkracht.accounts.tests import guessing
from tests.browser.conftest import start_world

pytestmark = pytest.mark.slow
TRIES = 1_000
GUESSES, MOST_EVALUATED = 10_000, 60
# Below this a difference would be more than chance; one run in a thousand says so of equal answers.
LEAST_P = 0.001
FORMS = {"/account/login/": "login", "/account/signup/": "email"}


def rank_test(first, second):
    """Mann and Whitney's p, two-sided, by the normal approximation with a correction for ties."""
    both = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks, ties, place = 0.0, 0.0, 0
    while place < len(both):
        end = place
        while end < len(both) and both[end][0] == both[place][0]:
            end += 1
        same = end - place
        ranks += sum(1 - which for _value, which in both[place:end]) * (place + 1 + end) / 2
        ties += same**3 - same
        place = end
    n, m = len(first), len(second)
    spread = math.sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))))
    return math.erfc(abs(ranks - n * (n + 1) / 2 - n * m / 2) / spread / math.sqrt(2))


class Typist:
    """Types addresses into one form and keeps the time."""

    def __init__(self, url, path):
        self.path, self.field = path, FORMS[path]
        self.wire = http.client.HTTPConnection(urlsplit(url).netloc)
        self.wire.request("GET", path)
        answer = self.wire.getresponse()
        page = answer.read().decode()
        self.token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        self.cookie = next(
            value.strip().partition(";")[0]
            for name, value in answer.getheaders()
            if name.lower() == "set-cookie" and "_form_" in value
        )

    def seconds_for(self, email):
        said = {self.field: email, "name": "Iemand", "csrfmiddlewaretoken": self.token}
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        self.wire.request("POST", self.path, urlencode(said), headers)
        answer = self.wire.getresponse()
        answer.read()
        assert answer.status == 302, answer.status
        return time.perf_counter() - began


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_SETTINGS_MODULE", "tests.slow._unlimited")
        yield from start_world(tmp_path_factory.mktemp("world"))


def known_addresses(home):
    with sqlite3.connect(home / "leerkracht.sqlite3") as database:
        return [email for (email,) in database.execute("SELECT email FROM accounts_person WHERE is_active ORDER BY id")]


@pytest.mark.parametrize("path", FORMS)
def test_the_time_of_an_answer_does_not_tell_who_is_known(world, path):
    chance, typist = random.Random(7), Typist(world.url, path)
    known = known_addresses(world.home)
    tries = [(True, known[number % len(known)]) for number in range(TRIES)]
    tries += [(False, f"persoon{number}@school.example") for number in range(TRIES)]
    chance.shuffle(tries)
    seconds = {True: [], False: []}
    for is_known, email in tries:
        seconds[is_known].append(typist.seconds_for(email))
    typist.wire.close()
    p = rank_test(seconds[True], seconds[False])
    middles = [median(seconds[which]) * 1000 for which in (True, False)]
    print(f"\n{path}: {TRIES} known {middles[0]:.2f} ms, {TRIES} unknown {middles[1]:.2f} ms (medians), p = {p:.3f}")
    assert p > LEAST_P


def test_the_measure_sees_half_a_millisecond():
    chance = random.Random(7)
    first = [chance.gauss(100, 2) for _try in range(TRIES)]
    assert rank_test(first, [chance.gauss(100, 2) for _try in range(TRIES)]) > LEAST_P
    assert rank_test(first, [chance.gauss(100.5, 2) for _try in range(TRIES)]) < LEAST_P


@pytest.mark.django_db
def test_ten_thousand_guesses_in_ten_minutes(monkeypatch):
    outcome = guessing.guess(monkeypatch, guesses=GUESSES)
    print(f"\n{outcome.sent} guesses, {outcome.evaluated} looked at, the owner is in: {outcome.owner_is_in}")
    assert outcome.sent == GUESSES
    assert 0 < outcome.evaluated <= MOST_EVALUATED
    assert outcome.owner_is_in
