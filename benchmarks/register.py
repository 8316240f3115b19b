"""How long the national register takes to read in, beside the least that reading the same file could cost here now.

    uv run python benchmarks/register.py [FOLDER]

FOLDER holds the published lists (default: ``../shared/data``). Each list goes in twice, as whole commands on an empty
installation of its own: the second time nothing may change. The floor reads the rows and writes them to one table of
plain SQLite in one durable commit. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bin"))
import _postgres  # noqa: E402  # lies beside the start command, not in the product

DATA = ROOT.parent / "shared" / "data"
say = Console(stderr=True).print


@dataclass(frozen=True)
class List:
    words: str
    pattern: str
    to_reach: str = ""


LISTS = (
    List("middles of postcodes", "nl-postcodes-pc4/pc4*.csv"),
    List("locations of primary schools", "duo-bo-locations-*/*.csv", "≤ 15 s"),
    List("geocoded schools", "schools-geo-*/*.csv"),
    List("pupils per location and year", "duo-po-pupils-*/*.csv"),
)


@contextmanager
def installation(url: str) -> Iterator[dict[str, str]]:
    """Give the surroundings of an empty installation: a home of its own and, for PostgreSQL, its database."""
    with tempfile.TemporaryDirectory(prefix="lk-bench-") as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LEERKRACHT_")}
        env = {**kept, "LEERKRACHT_HOME": home, "LEERKRACHT_DEMO": "no", "DATABASE_URL": url}
        leerkracht(env, "prepare")
        yield env


def leerkracht(env: dict[str, str], *words: str) -> tuple[float, str]:
    """Run one command of the product and return its seconds and what it printed."""
    command = [sys.executable, "-m", "leerkracht.config.command", *words]
    start = time.monotonic()
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - start
    if done.returncode:
        sys.exit(f"{' '.join(words)} did not work:\n{done.stdout}{done.stderr}")
    return seconds, done.stdout


def floor(path: Path) -> float:
    """Return the seconds that plain Python and SQLite need to read and keep the same rows."""
    start = time.monotonic()
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    dialect = ";" if text.partition("\n")[0].count(";") else ","
    rows = [(json.dumps(row),) for row in csv.reader(io.StringIO(text), delimiter=dialect)]
    with tempfile.TemporaryDirectory(prefix="lk-floor-") as folder:
        database = sqlite3.connect(Path(folder) / "floor.sqlite3")
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE kept (row TEXT)")
        with database:
            database.executemany("INSERT INTO kept VALUES (?)", rows)
        database.close()
    return time.monotonic() - start


def measure(table: Table, engine: str, url: str, lists: list[tuple[List, Path]]) -> None:
    with installation(url) as env:
        nothing, _ = leerkracht(env, "help")
        say(f"{engine}: a command that does nothing takes {nothing:.1f} s")
        for one, path in lists:
            first, printed = leerkracht(env, "import_register", str(path), "--json")
            again, _ = leerkracht(env, "import_register", str(path), "--json")
            rows = json.loads(printed)["rows"]
            cells = (f"{rows:,}", f"{first:.1f} s", f"{again:.1f} s", f"{floor(path):.2f} s", one.to_reach)
            table.add_row(one.words, engine, *cells)
            say(f"{engine}, {one.words}: {first:.1f} s, again {again:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=DATA)
    folder = parser.parse_args().folder
    lists = [(one, path) for one in LISTS for path in sorted(folder.glob(one.pattern))[:1]]
    if not lists:
        sys.exit(f"No published list lies in {folder}. Give the folder that holds them.")
    table = Table("list", "database", "rows", "first time", "again", "floor", "to reach")
    postgres = _postgres.tools()
    measure(table, "SQLite", "", lists)
    with _postgres.cluster(postgres) if postgres else nullcontext("") as url:
        if url:
            measure(table, "PostgreSQL", url, lists)
    Console().print(table)


if __name__ == "__main__":
    main()
