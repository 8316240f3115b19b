"""From an empty folder to a served page, twice: what a stranger does first."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from tests.house.source import ROOT


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stranger") / "leerkracht"
    subprocess.run(["git", "-c", "safe.directory=*", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    yield folder
    shutil.rmtree(folder)


class Start:
    """``bin/start`` in a clone, until the block ends."""

    def __init__(self, clone, *arguments):
        self.port = free_port()
        env = {name: value for name, value in os.environ.items() if not name.startswith("LEERKRACHT_")}
        env.pop("DATABASE_URL", None)
        command = [str(clone / "bin" / "start"), "--port", str(self.port), *arguments]
        self.process = subprocess.Popen(
            command, cwd=clone, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def __enter__(self):
        started = time.monotonic()
        while time.monotonic() - started < 300 and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://localhost:{self.port}/demo/", timeout=2) as answer:
                    self.page, self.seconds = answer.read().decode(), time.monotonic() - started
                    return self
            except (OSError, urllib.error.HTTPError):
                time.sleep(0.2)
        self.process.kill()
        raise AssertionError(self.process.communicate()[0])

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.said = self.process.communicate(timeout=30)[0]


def test_a_stranger_starts_twice(clone):
    with Start(clone) as first:
        assert "Kijk rond" in first.page
    assert first.process.returncode == 0
    assert f"Open  http://localhost:{first.port}" in first.said
    assert "Stopped. Everything that was saved is kept." in first.said
    print(f"first page after {first.seconds:.0f} s")
    assert first.seconds < 120
    with Start(clone) as second:
        pass
    print(f"second start: {second.seconds:.1f} s")
    assert second.seconds < 15
    assert "Demonstration world" not in second.said


def test_a_taken_port_is_told_at_once(clone):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [str(clone / "bin" / "start"), "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert f"Port {port} is taken by another program. Choose another one: bin/start --port {port + 1}" in done.stderr


def test_fresh_puts_the_old_data_aside(clone):
    before = (clone / "var" / "keys" / "secret_key").read_text()
    with Start(clone, "--fresh") as third:
        assert "Kijk rond" in third.page
    [aside] = clone.glob("var-aside-*")
    assert (aside / "keys" / "secret_key").read_text() == before
    assert (clone / "var" / "keys" / "secret_key").read_text() != before


def test_nothing_is_left_running(clone):
    found = subprocess.run(["pgrep", "-f", str(clone)], capture_output=True, text=True, check=False).stdout.split()
    assert found == []
