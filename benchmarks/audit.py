"""What sealing and verifying the logs cost, beside the least that the same rows could cost here now.

    uv run python benchmarks/audit.py [--rows 100000]

Half of the rows are lines of the trail, half lines of a board. The floor of sealing sets one column of every row, in as
many transactions; that of verifying reads the same columns and hashes them. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bin"))
import _postgres  # noqa: E402  # lies beside the start command, not in the product

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
say = Console(stderr=True).print


def timed(work: Callable[[], Any]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(count: int) -> float:
    """Write the rows and return what one digest costs, in microseconds."""
    from leerkracht.accounts.rules import THE_SYSTEM
    from leerkracht.accounts.services import audit
    from leerkracht.boards.models import Operation
    from leerkracht.config.fault import stage
    from leerkracht.core.kernel.chain import content_digest

    board = stage.build(people=1, cards=0, now=NOW).board
    lines = [audit.Line("accounts.signed_in", ("accounts.person", str(number))) for number in range(count // 2)]
    audit.record_many(lines=lines, by=THE_SYSTEM, at=NOW)
    payload, changes = os.urandom(150), os.urandom(350)
    salt, key = os.urandom(16), "action.add"
    seconds = timed(lambda: [content_digest(salt, payload, changes) for _number in range(count // 2)])
    same = {"board_id": board, "actor_kind": "PERSON", "actor_id": "1", "kind": key, "applied_at": NOW}
    same |= {"payload": payload, "changes": changes, "salt": salt, "digest": content_digest(salt, payload, changes)}
    rows = (Operation(id=uuid4(), seq=1000 + number, **same) for number in range(count // 2))
    Operation.objects.bulk_create(rows, batch_size=500)
    return seconds / (count // 2) * 1e6


def floors() -> tuple[float, float]:
    """Seconds to set a column of every row, and to read and hash every row."""
    from django.db import transaction

    from leerkracht.accounts.services.sealing import BATCH
    from leerkracht.core.registry.streams import streams

    def mark() -> None:
        for stream in streams().values():
            manager = stream.model._base_manager
            keys = list(manager.order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(keys), BATCH):
                with transaction.atomic():
                    manager.filter(pk__in=keys[start : start + BATCH]).update(actor_kind="SYSTEM")

    def read() -> None:
        for stream in streams().values():
            for row in stream.model._base_manager.values_list(*stream.columns).iterator(chunk_size=2_000):
                hashlib.sha256(repr(row).encode()).digest()

    return timed(mark), timed(read)


def seal(count: int) -> dict[str, float]:
    from leerkracht.accounts.services import sealing

    found = {"digest": write(count)}
    found["seal_floor"], found["verify_floor"] = floors()
    return found | {"seal": timed(lambda: sealing.seal_and_anchor(now=NOW))}


def verify(count: int) -> dict[str, float]:
    from leerkracht.accounts.queries import chain

    chain.waiting()
    before, verdicts = peak_mb(), []
    seconds = timed(lambda: verdicts.append(chain.look()))
    if not verdicts[0].holds or verdicts[0].rows < count:
        sys.exit(f"that was no measurement: {verdicts[0]}")
    return {"verify": seconds, "memory": peak_mb() - before}


def inside(work: str, count: int) -> None:
    """Run in an installation of its own, one process per kind of work; prints one JSON object."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerkracht.config.settings")
    django.setup()
    print(json.dumps({"seal": seal, "verify": verify}[work](count)))


def run(env: dict[str, str], *words: str) -> str:
    done = subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)} did not work:\n{done.stdout}{done.stderr}")
    return done.stdout


def measure(table: Table, engine: str, url: str, count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="lk-bench-") as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LEERKRACHT_")}
        env = {**kept, "LEERKRACHT_HOME": home, "DATABASE_URL": url}
        run(env, "-m", "leerkracht.config.command", "migrate")
        found: dict[str, float] = {}
        for work in ("seal", "verify"):
            printed = run(env, __file__, "--inside", work, "--rows", str(count))
            found |= json.loads(printed.splitlines()[-1])
    table.add_row(f"seal {count:,} rows", engine, f"{found['seal']:.1f} s", f"{found['seal_floor']:.1f} s")
    table.add_row(f"verify {count:,} rows", engine, f"{found['verify']:.1f} s", f"{found['verify_floor']:.1f} s")
    table.add_row("memory that verifying adds", engine, f"{found['memory']:.0f} MB", "")
    table.add_row("digest of one operation", engine, f"{found['digest']:.1f} µs", "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--inside", choices=("seal", "verify"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options.inside, options.rows)
        return
    table = Table("work", "database", "takes", "floor")
    postgres = _postgres.tools()
    measure(table, "SQLite", "", options.rows)
    with _postgres.cluster(postgres) if postgres else nullcontext("") as url:
        if url:
            measure(table, "PostgreSQL", url, options.rows)
    Console().print(table)


if __name__ == "__main__":
    main()
