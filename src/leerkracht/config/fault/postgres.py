"""A durable PostgreSQL of one's own: in a temporary folder, on a socket, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
OPTIONS = "-c listen_addresses= -c fsync=on -c full_page_writes=on -c synchronous_commit=on -c max_connections=60"


class NoPostgres(Exception):
    """There is no PostgreSQL here, or it did not start; the text says what to do."""


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster that loses nothing it acknowledged and give its DATABASE_URL; remove it whatever happens."""
    folder = tools()
    home = Path(tempfile.mkdtemp(prefix="lk-pg-"))  # short: a socket's path has at most 107 characters
    try:
        prefix = _as_somebody_else(home)
        data = str(home / "data")
        make = ("--auth=trust", "--username=leerkracht", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums")
        _run([*prefix, str(folder / "initdb"), "-D", data, *make], home)
        control = [*prefix, str(folder / "pg_ctl"), "-D", data, "-w"]
        _run([*control, "-l", f"{data}/log", "-o", f"-k {home} {OPTIONS}", "start"], home)
        try:
            _run([str(folder / "createdb"), "-h", str(home), "-U", "leerkracht", "leerkracht"], home)
            yield f"postgresql://leerkracht@/leerkracht?host={home}"
        finally:
            subprocess.run([*control, "-m", "fast", "stop"], cwd=home, capture_output=True, check=False)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def tools() -> Path:
    """Return the folder of the newest PostgreSQL server here, or raise ``NoPostgres``."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    if not found:
        raise NoPostgres("PostgreSQL is not installed. On Debian and Ubuntu: sudo apt-get install postgresql")
    return Path(found).resolve().parent


def _as_somebody_else(home: Path) -> list[str]:
    """PostgreSQL refuses to run as root: hand ``home`` to another user and return what to put before a command."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    shutil.chown(home, user.pw_name)
    home.chmod(0o755)
    return ["setpriv", f"--reuid={user.pw_name}", f"--regid={user.pw_gid}", "--clear-groups"]


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoPostgres(f"PostgreSQL did not start:\n{done.stdout}{done.stderr}")
