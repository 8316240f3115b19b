"""A server of its own on 127.0.0.1: started, measured, killed and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = (sys.executable, "-m", "leerkracht.config.command")
READY_SECONDS = 60.0
STOP_SECONDS = 15.0


class NotStarted(Exception):
    """The server did not come up; the text is the end of what it said."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def surroundings(home: Path, port: int, database_url: str = "") -> dict[str, str]:
    """The environment of an installation that shares nothing with any other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEERKRACHT_")}
    own = {
        "LEERKRACHT_HOME": str(home),
        "LEERKRACHT_KEYS": str(home / "keys"),
        "LEERKRACHT_URL": f"http://127.0.0.1:{port}",
        "LEERKRACHT_DEMO": "yes",
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "leerkracht.config.settings",
    }
    return {**kept, **own}


@dataclass
class Server:
    """The serving process and its children, in a process group of their own."""

    home: Path
    port: int
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None)
    command: tuple[str, ...] = ()

    def start(self) -> None:
        """Start, and return when it answers; without a ``command`` of its own it is the product."""
        command = self.command or (*COMMAND, "serve", "--port", str(self.port), "--with-parent")
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=dict(self.environment), stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + READY_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise NotStarted((self.home / "server.log").read_text(errors="replace")[-2000:])
            time.sleep(0.05)

    def kill(self) -> None:
        """End it the hard way, as a power cut would end the process."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and insist when it does not."""
        if self.process is None:
            return
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        self._signal(signal.SIGKILL)

    def members(self) -> list[int]:
        """Process ids of the server and its children."""
        if self.process is None:
            return []
        return [pid for pid, fields in _processes() if int(fields[2]) == self.process.pid]

    def cpu_seconds(self) -> float:
        """User and system time of the whole server side so far."""
        ticks = sum(int(f[11]) + int(f[12]) for pid, f in _processes() if int(f[2]) == self._group())
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory_kb(self) -> int:
        """Proportional memory of the whole server side."""
        return sum(_pss(pid) for pid in self.members())

    def _group(self) -> int:
        return self.process.pid if self.process else -1

    def _signal(self, number: int) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)  # the group that ``start`` made, and nobody else
        self.process.wait()
        self.process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


def _processes() -> list[tuple[int, list[str]]]:
    """Every process with the fields of its ``stat`` after the name: state, parent, group, …"""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "stat").read_text()
        except OSError:
            continue
        found.append((int(folder.name), text.rpartition(")")[2].split()))
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
