"""The server and the task worker as processes that start, live and end together."""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

STOP_SECONDS = 15
RESTART_SECONDS = 2
COMMAND = [sys.executable, "-m", "leerkracht.config.command"]


def server_command(host: str, port: int) -> list[str]:
    """Return the command of the one serving process.

    At granian's default backpressure the 1,025th open stream hangs without an error; hence the two large numbers.
    """
    return [
        *(sys.executable, "-m", "granian", "leerkracht.config.asgi:get_application", "--factory"),
        *("--interface", "asgi", "--loop", "uvloop", "--workers", "1", "--no-ws"),
        *("--backlog", "4096", "--backpressure", "60000"),
        *("--host", host, "--port", str(port), "--log-level", "warning"),
        *("--workers-kill-timeout", "10"),
    ]


class InUse(Exception):  # the data is being served
    """Another process works on this data."""


def hold(home: Path, *, alone: bool = False, mark: str = "in-use") -> IO[str]:
    """Mark the data as in use, for as long as the returned file is open; ``alone`` refuses company."""
    folder = home / "run"
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / mark).open("a")
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise InUse from None
    os.set_inheritable(file.fileno(), True)
    return file


def end_with_parent() -> None:
    """Ask Linux to end this process when the one that started it dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


class Pair:
    """The server and its worker. A worker that ends is started again; without a server everything ends."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.stopping = False
        self.server = self._start("serve", "--host", host, "--port", str(port))
        self.worker = self._start("work")

    def wait_until_ready(self, *, seconds: float = 60) -> bool:
        """Return True once a page can be served, False when the server ended or took too long."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.server.poll() is None and not self.stopping:
            try:
                with urllib.request.urlopen(f"http://{host}:{self.port}/healthz", timeout=2):
                    return True
            except urllib.error.HTTPError:
                return True  # it answers; which answer is not asked here
            except OSError:
                time.sleep(0.1)
        return False

    def watch(self) -> int:
        """Stay until asked to stop or the server ends; return the exit code."""
        while not self.stopping:
            if self.server.poll() is not None:
                self.stop()
                return 1
            if self.worker.poll() is not None and not self.stopping:
                time.sleep(RESTART_SECONDS)
                self.worker = self._start("work")
            time.sleep(0.3)
        self.stop()
        return 0

    def ask_to_stop(self, *_signal: object) -> None:
        self.stopping = True

    def stop(self) -> None:
        """End both in order: ask, wait, insist."""
        self.stopping = True
        processes = [process for process in (self.server, self.worker) if process.poll() is None]
        _each(processes, subprocess.Popen.terminate)
        until = time.monotonic() + STOP_SECONDS
        for process in processes:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches only the parent, which ends both in order.
        return subprocess.Popen([*COMMAND, *words, "--with-parent"], start_new_session=True)


def _each(processes: list[subprocess.Popen[bytes]], act: Callable[[subprocess.Popen[bytes]], None]) -> None:
    for process in processes:
        act(process)
