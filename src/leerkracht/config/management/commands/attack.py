"""``leerkracht attack``: try on a copy what must not succeed, and count what was seen."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leerkracht.config.fault import trail


class Command(BaseCommand):
    help = "Attack a copy of the data and count what was noticed. The data itself is only read."

    def add_arguments(self, parser: CommandParser) -> None:
        attacks = parser.add_subparsers(dest="attack", required=True)
        audit = attacks.add_parser("audit", help="change, delete, insert and rewrite sealed rows")
        audit.add_argument("--edits", type=int, default=1000)
        audit.add_argument("--seed", type=int, default=1)
        audit.add_argument(
            "--no-anchor", action="store_true", help="without the anchor a cut tail is not seen: ends in 1"
        )
        audit.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["edits"] < 1:
            raise CommandError("--edits must be 1 or more.")
        try:
            report = trail.run(edits=options["edits"], seed=options["seed"], has_anchor=not options["no_anchor"])
        except trail.NotWhole as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(report), "ok": report.ok}))
        else:
            for kind, (tried, seen) in sorted(report.kinds.items()):
                self.stdout.write(f"{kind:<28} {seen} of {tried} seen")
            self.stdout.write(f"{report.detected} of {report.edits} edits of {report.rows} sealed rows seen.")
        if not report.ok:
            sys.exit(1)
