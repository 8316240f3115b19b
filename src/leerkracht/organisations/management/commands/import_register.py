"""``leerkracht import_register FILE…``: take the national register in, file by file."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal
from leerkracht.organisations.kernel.register import Plan, read
from leerkracht.organisations.models import Sector
from leerkracht.organisations.services.register import Source, import_register, preview_register


class Command(BaseCommand):
    help = "Reads DUO's lists of school locations; each file is wholly in or wholly out. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--sector",
            choices=[value.lower() for value in Sector.values],
            default=Sector.PRIMARY.lower(),
            help="the sector that the files list completely (default: po); only its schools can close",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--many-closed", action="store_true", help="also close more than a tenth of all schools")
        parser.add_argument("--json", action="store_true", help="one JSON object per file instead of sentences")

    def handle(self, *args: Any, **options: Any) -> None:
        reports = []
        for path in options["files"]:
            report = self._take_in(path, options)
            reports.append(report)
            self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else _sentences(report))
        failed = [report["file"] for report in reports if report["kind"] is None]
        if failed:
            raise CommandError(f"Niet ingelezen: {', '.join(failed)}", returncode=1)

    def _take_in(self, path: Path, options: dict[str, Any]) -> dict[str, Any]:
        try:
            file = read(path.read_bytes())
            source = Source(file, options["sector"].upper(), may_close_many=options["many_closed"])
            result = preview_register(source=source) if options["dry_run"] else _import(source, path.name)
        except OSError:
            return _refused_file(path, "Dit bestand is er niet, of we mogen het niet lezen.")
        except Refusal as refusal:
            return _refused_file(path, say(refusal))
        return _report(path, file.kind, file.row_count, result)


def _import(source: Source, name: str) -> Plan:
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(name, total=None)
        return import_register(
            source=source,
            by=THE_SYSTEM,
            now=timezone.now(),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _report(path: Path, kind: str, rows: int, result: Plan) -> dict[str, Any]:
    refused = [{"line": refused.line, "reason": say(refused.refusal)} for refused in result.refused]
    return {
        "file": path.name,
        "kind": kind,
        "rows": rows,
        "new": len(result.new),
        "changed": len(result.changed),
        "closed": len(result.closed),
        "moved": len(result.moved),
        "refused": refused,
    }


def _refused_file(path: Path, reason: str) -> dict[str, Any]:
    counts = dict.fromkeys(("rows", "new", "changed", "closed", "moved"), 0)
    return {"file": path.name, "kind": None, **counts, "refused": [{"line": 1, "reason": reason}]}


def _sentences(report: dict[str, Any]) -> str:
    refused = [f"  regel {row['line']}: {row['reason']}" for row in report["refused"]]
    if report["kind"] is None:
        return "\n".join([f"{report['file']}: niet ingelezen.", *refused])
    counts = (
        f"{report['file']}: {report['rows']} vestigingen; {report['new']} nieuw, {report['changed']} gewijzigd, "
        f"{report['closed']} gesloten, {report['moved']} naar een ander bestuur, {len(refused)} geweigerd."
    )
    return "\n".join([counts, *refused])
