"""``leerkracht backup FILE``: everything but the keys, in one verified file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leerkracht.config.serving import archive, backups, engines


class Command(BaseCommand):
    help = "Write databases and files to FILE and verify it. Works while the product is in use. Keys stay out."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].resolve()
        if target.exists():
            raise CommandError(f"{target} exists already. Give the new backup a name of its own.")
        try:
            manifest = backups.make(target)
        except (OSError, engines.Failed, archive.Damaged) as error:
            raise CommandError(f"No backup was made: {error}") from error
        rows = sum(sum(part.rows.values()) for part in manifest.databases.values())
        size = target.stat().st_size
        if options["json"]:
            self.stdout.write(json.dumps({"file": str(target), "rows": rows, "bytes": size, "verified": True}))
            return
        files = len(manifest.members) - len(manifest.databases)
        self.stdout.write(
            f"{target} holds {rows} rows and {files} files ({size / 1e6:.1f} MB), and was read back.\n"
            "Keep it on another machine. The keys are not in it: keep those apart (docs/operations.md)."
        )
