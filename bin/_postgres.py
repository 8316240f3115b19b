"""A PostgreSQL of one's own for the tests: in a temporary folder, on a socket, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
# Durability is not what these tests ask; the long suites that do start a cluster of their own.
OPTIONS = " ".join(
    f"-c {setting}"
    for setting in (
        *("listen_addresses=", "max_connections=60", "shared_buffers=128MB", "autovacuum=off", "jit=off"),
        *("fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0"),
    )
)


def tools() -> Path | None:
    """Return the folder of the newest PostgreSQL server here, or None."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a cluster and give its DATABASE_URL; stop and remove it whatever happens."""
    home = Path(tempfile.mkdtemp(prefix="lk-pg-"))  # short: a socket's path has at most 107 characters
    data = home / "data"
    prefix: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = _user()
        shutil.chown(home, user)
        home.chmod(0o755)
        prefix = ["setpriv", f"--reuid={user}", f"--regid={_group(user)}", "--clear-groups"]
    try:
        make = ["--auth=trust", "--username=leerkracht", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run([*prefix, str(folder / "initdb"), "-D", str(data), *make], home)
        control = [*prefix, str(folder / "pg_ctl"), "-D", str(data), "-w"]
        _run([*control, "-l", str(data / "log"), "-o", f"-k {home} {OPTIONS}", "start"], home)
        try:
            _run([str(folder / "createdb"), "-h", str(home), "-U", "leerkracht", "leerkracht"], home)
            yield f"postgresql://leerkracht@/leerkracht?host={home}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], cwd=home, capture_output=True, check=False)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"PostgreSQL did not start:\n{done.stdout}{done.stderr}")
