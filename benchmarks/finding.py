"""What looking for a school in the whole register costs, beside the least that the same scan could cost here now.

    uv run python benchmarks/finding.py [FOLDER]

FOLDER holds the published lists (default: ``../shared/data``). The product serves an installation of its own with the
whole register in it; each search is one page as htmx asks for it while somebody types. The floor looks for the same
words in one table of plain SQLite. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from load import Busy, Taken, quietest
from rich.console import Console
from rich.table import Table

from leerkracht.config.fault import postgres
from leerkracht.config.fault.board import prepare
from leerkracht.config.fault.servers import COMMAND, Server
from leerkracht.config.fault.wire import Line

ROOT = Path(__file__).resolve().parents[1]

LISTS = (
    "nl-postcodes-pc4/pc4_centroids.csv",
    "duo-bo-locations-*/*.csv",
    "schools-geo-*/*.csv",
    "duo-po-pupils-*/*.csv",
)
SEARCHES = {
    "the whole list": {},
    "a name": {"q": "regenboog"},
    "two letters": {"q": "re"},
    "name and place": {"q": "regenboog tilburg"},
    "a code": {"q": "14gd"},
    "a typing error": {"q": "regenbog"},
    "two typing errors": {"q": "noroderlihct amstredam"},
    "a name, in a province, by pupils": {"q": "school", "where": "province:Utrecht", "sort": "-pupils"},
}
COUNT = 30
say = Console(stderr=True).print


async def _searches(server: Server, cookies: dict[str, str]) -> dict[str, tuple[Taken, int]]:
    found = {}
    async with Line(server.port, cookies) as line:
        for name, query in SEARCHES.items():
            path, size = f"/schools/?{urlencode(query)}", 0

            async def ask(taken: Taken, path: str = path) -> None:
                nonlocal size
                for _time in range(COUNT):
                    started = time.perf_counter()
                    status, _headers, body = await line.get(path, {"HX-Request": "true"})
                    taken.times.append(time.perf_counter() - started)
                    taken.refused += status != 200
                    size = len(body)

            await ask(Taken())
            found[name] = (await quietest(server, ask), size)
    return found


def _floor(home: Path) -> float:
    """CPU-ms to look for one word in the same texts, with plain SQLite."""
    database = sqlite3.connect(home / "leerkracht.sqlite3")
    question = "SELECT id FROM organisations_school WHERE search_text LIKE ? ORDER BY name LIMIT 50"
    started = time.process_time()
    for _time in range(COUNT):
        database.execute(question, ("%regenboog%",)).fetchall()
    return (time.process_time() - started) / COUNT * 1000


def measure(table: Table, engine: str, url: str, lists: list[Path]) -> None:
    with tempfile.TemporaryDirectory(prefix="lk-bench-") as folder:
        scene, server = prepare(Path(folder), url, people=1, cards=0, say=say)
        command = [*COMMAND, "import_register", *map(str, lists), "--json"]
        subprocess.run(command, env=dict(server.environment), check=True, capture_output=True)
        server.start()
        try:
            found = asyncio.run(_searches(server, scene["cookies"][0]))
        finally:
            server.stop()
        least = "" if url else f"{_floor(Path(folder)):.2f} CPU-ms"
    for name, (taken, size) in found.items():
        times = f"{taken.cpu_ms:.1f} CPU-ms, p50 {taken.percentile_ms(0.5):.0f} ms, {size / 1000:.0f} kB"
        table.add_row(name, engine, times, least, "≤ 10 CPU-ms", str(taken.refused))
        say(f"{engine}, {name}: {times}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data")
    folder = parser.parse_args().folder
    lists = [path for pattern in LISTS for path in sorted(folder.glob(pattern))[:1]]
    if not lists:
        sys.exit(f"No published list lies in {folder}. Give the folder that holds them.")
    table, busy = Table("search", "database", "measured", "floor", "to reach", "not served"), Busy()
    measure(table, "SQLite", "", lists)
    with contextlib.suppress(postgres.NoPostgres), postgres.cluster() as url:
        measure(table, "PostgreSQL", url, lists)
    Console().print(table)
    Console().print(busy.words())


if __name__ == "__main__":
    main()
