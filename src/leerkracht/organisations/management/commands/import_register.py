"""``leerkracht import_register FILE…``: take the national register in, file by file."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal
from leerkracht.organisations.kernel.register import ORDER, AnyFile, read
from leerkracht.organisations.models import Sector
from leerkracht.organisations.services.register import Outcome, Source, import_register, preview_register

COUNTS = ("rows", "new", "changed", "closed", "moved")
SUBJECTS = {"bodies": "besturen", "postcodes": "postcodes", "institutions": "instellingen"}


@dataclass(frozen=True)
class Given:
    """One file of the command line: what it holds, or why it stays out."""

    path: Path
    file: AnyFile | None = None
    reason: str = ""

    @property
    def place(self) -> int:
        return ORDER.index(self.file.kind) if self.file else len(ORDER)


class Command(BaseCommand):
    help = (
        "Reads DUO's lists of school locations and of pupils per location, geocoded school lists, middles of postcodes "
        "and names of governing bodies and institutions. Each is known by its header, in any order, and wholly in or "
        "wholly out. Safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--names",
            nargs="+",
            action="extend",
            default=[],
            type=Path,
            metavar="FILE",
            help="names of governing bodies, vocational institutions",
        )
        parser.add_argument(
            "--sector",
            choices=[value.lower() for value in Sector.values],
            default=Sector.PRIMARY.lower(),
            help="the sector that a list of locations lists completely (default: po); only its schools can close",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--many-closed", action="store_true", help="also close more than a tenth of all schools")
        parser.add_argument("--json", action="store_true", help="one JSON object per file instead of sentences")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = [*options["files"], *options["names"]]
        if not paths:
            raise CommandError("Geef ten minste één bestand op.")
        given = [_given(path) for path in paths]
        in_order = sorted(given, key=lambda one: one.place)
        reports = {one.path: self._take_in(one, options) for one in in_order}
        for report in (reports[path] for path in paths):
            self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else _sentences(report))
        failed = [report["file"] for report in reports.values() if report["kind"] is None]
        if failed:
            raise CommandError(f"Niet ingelezen: {', '.join(failed)}", returncode=1)

    def _take_in(self, given: Given, options: dict[str, Any]) -> dict[str, Any]:
        if given.file is None:
            return _refused_file(given.path, given.reason)
        source = Source(given.file, options["sector"].upper(), may_close_many=options["many_closed"])
        try:
            outcome = preview_register(source=source) if options["dry_run"] else _import(source, given.path.name)
        except Refusal as refusal:
            return _refused_file(given.path, say(refusal))
        return _report(given.path, outcome)


def _given(path: Path) -> Given:
    try:
        return Given(path, read(path.read_bytes()))
    except OSError:
        return Given(path, reason="Dit bestand is er niet, of we mogen het niet lezen.")
    except Refusal as refusal:
        return Given(path, reason=say(refusal))


def _import(source: Source, name: str) -> Outcome:
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(name, total=None)
        return import_register(
            source=source,
            by=THE_SYSTEM,
            now=timezone.now(),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _report(path: Path, outcome: Outcome) -> dict[str, Any]:
    refused = [{"line": refused.line, "reason": say(refused.refusal)} for refused in outcome.refused]
    report = {"file": path.name, "kind": outcome.kind, **{name: getattr(outcome, name) for name in COUNTS}}
    more = {name: getattr(outcome, name) for name in ("passed_over", "repeated") if getattr(outcome, name)}
    return {**report, **more, "refused": refused}


def _refused_file(path: Path, reason: str) -> dict[str, Any]:
    return {
        "file": path.name,
        "kind": None,
        **dict.fromkeys(COUNTS, 0),
        "refused": [{"line": 1, "reason": reason}],
    }


def _sentences(report: dict[str, Any]) -> str:
    refused = [f"  regel {row['line']}: {row['reason']}" for row in report["refused"]]
    if report["kind"] is None:
        return "\n".join([f"{report['file']}: niet ingelezen.", *refused])
    rows = report["rows"] - report.get("repeated", 0)
    counts = (
        f"{report['file']}: {rows} {SUBJECTS.get(report['kind'], 'vestigingen')}; {report['new']} nieuw, "
        f"{report['changed']} gewijzigd, {report['closed']} gesloten, {report['moved']} naar een ander bestuur, "
        f"{len(refused)} geweigerd."
    )
    more = []
    if report.get("passed_over"):
        more.append(
            f"  {report['passed_over']} regels gaan over wat niet (meer) in dit register staat; die zijn overgeslagen."
        )
    if report.get("repeated"):
        more.append(
            f"  {report['repeated']} regels herhalen een vestiging met een tweede adrespunt; de eerste regel telt."
        )
    return "\n".join([counts, *more, *refused])
