"""A thousand edits of sealed rows on each database, all noticed; and the worker that seals within a minute."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time

import pytest

from leerkracht.config.fault import postgres
from tests.house.source import ROOT

COMMAND = (sys.executable, "-m", "leerkracht.config.command")


class World:
    """An installation of the demonstration in a folder of its own."""

    def __init__(self, home, url=""):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LEERKRACHT_")}
        own = {"LEERKRACHT_HOME": str(home), "LEERKRACHT_DEMO": "yes", "DATABASE_URL": url}
        self.home, self.env = home, {**kept, "PYTHONPATH": str(ROOT / "src"), **own}

    def run(self, *words, code=0):
        done = subprocess.run([*COMMAND, *words], env=self.env, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return json.loads(done.stdout) if "--json" in words else done.stdout


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def world(request, tmp_path_factory):
    home = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield prepared(World(home))
        return
    try:
        postgres.tools()
    except postgres.NoPostgres as error:
        pytest.skip(str(error))
    with postgres.cluster() as url:
        yield prepared(World(home, url))


def prepared(world):
    """Prepare the world, and let four seal it at once: none of them may fork the chain."""
    world.run("prepare")
    at_once = [subprocess.Popen([*COMMAND, "audit", "seal"], env=world.env, cwd=ROOT) for _number in range(4)]
    assert [one.wait() for one in at_once] == [0, 0, 0, 0]
    world.run("audit", "seal")
    return world


def test_four_that_seal_at_once_make_one_chain(world):
    verdict = world.run("audit", "verify", "--json")
    assert (verdict["holds"], verdict["seals"] >= 3, verdict["rows"] > 1000) == (True, True, True)


def test_a_thousand_edits_are_all_noticed(world):
    report = world.run("attack", "audit", "--edits", "1000", "--seed", "7", "--json")
    assert (report["edits"], report["detected"], report["ok"]) == (1000, 1000, True)
    print({name: report[name] for name in ("database", "rows", "seconds")})


def test_without_the_anchor_a_cut_tail_is_not_noticed(world):
    report = world.run("attack", "audit", "--edits", "100", "--no-anchor", "--json", code=1)
    tried, seen = report["kinds"]["the tail cut"]
    assert (seen, tried > 0) == (0, True)


def test_the_worker_seals_within_a_minute(world):
    world.run("audit", "seal")
    with subprocess.Popen([*COMMAND, "work"], env=world.env, cwd=ROOT) as worker:
        try:
            world.run("audit", "accept-restore", "--reason", "a line that waits for its seal")
            began, waiting = time.monotonic(), 1
            while waiting and time.monotonic() - began < 60:
                time.sleep(2)
                waiting = world.run("audit", "verify", "--json")["waiting"]
        finally:
            worker.terminate()
    assert waiting == 0


def test_doctor_notices_what_was_edited_in_the_file_itself(tmp_path):
    world = prepared(World(tmp_path / "home"))
    world.run("doctor")
    kept, chance = shutil.copy(world.home / "leerkracht.sqlite3", tmp_path / "kept"), random.Random(5)
    edits = (
        "UPDATE accounts_auditentry SET school_id = coalesce(school_id, 0) + 1 WHERE id = {entry}",
        "DELETE FROM accounts_auditentry WHERE id = {entry}",
        "UPDATE boards_operation SET actor_id = 'x' WHERE seq = 2 AND seal_id IS NOT NULL",
        "DELETE FROM boards_operation WHERE seq = {seq}",
        "DELETE FROM accounts_auditentry WHERE seal_id = (SELECT max(number) FROM accounts_seal)",
    )
    for edit in edits:
        shutil.copy(kept, world.home / "leerkracht.sqlite3")
        with sqlite3.connect(world.home / "leerkracht.sqlite3") as file:
            highest = file.execute("SELECT max(id) FROM accounts_auditentry WHERE seal_id IS NOT NULL").fetchone()[0]
            file.execute("PRAGMA foreign_keys=OFF")
            changed = file.execute(edit.format(entry=chance.randint(1, highest), seq=chance.randint(2, 9))).rowcount
        file.close()
        findings = world.run("doctor", "--json", code=1)["findings"]
        assert (changed > 0, [one["about"] for one in findings if one["level"] == "wrong"]) == (True, ["trail"]), edit
