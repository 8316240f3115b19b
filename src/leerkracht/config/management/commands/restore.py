"""``leerkracht restore FILE``: a backup back in place, or nothing changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services import sealing
from leerkracht.config.serving import backups, engines, schema
from leerkracht.config.serving.processes import InUse, hold


class Command(BaseCommand):
    help = "Check FILE and put it back. Replacing data that is there needs --yes; the old data is kept aside."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace the data that is there, keeping it aside")
        parser.add_argument(
            "--reason", default="", help="why, for the anchor: what was sealed since the backup is gone"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["file"].resolve()
        try:
            with hold(settings.DATA_HOME, alone=True):
                manifest = backups.check(source)
                if backups.holds_data() and not options["yes"]:
                    raise CommandError("There is data here already. Repeat with --yes to replace it and keep it aside.")
                aside = backups.restore(source, manifest)
        except InUse:
            raise CommandError("leerkracht is running on this data. Stop it, restore, and start it again.") from None
        except (backups.Refused, engines.Failed, OSError) as error:
            raise CommandError(str(error)) from error
        behind = schema.pending()
        is_cut = not behind and sealing.is_cut()
        if is_cut and options["reason"].strip():
            why = f"backup of {manifest.made_at}: {options['reason'].strip()}"
            sealing.accept_restore(why=why, by=THE_SYSTEM, now=timezone.now())
            is_cut = False
        if options["json"]:
            facts = {
                "made_at": manifest.made_at,
                "aside": str(aside) if aside.exists() else None,
                "pending": behind,
                "cut": is_cut,
            }
            self.stdout.write(json.dumps(facts))
            return
        self.stdout.write(f"The backup of {manifest.made_at} is back and has every row it had.")
        if aside.exists():
            self.stdout.write(f"What was here before is kept in {aside}.")
        if behind:
            self.stdout.write(f"This version is newer: run `leerkracht migrate` ({len(behind)} steps) before serving.")
        if is_cut:
            self.stdout.write(
                "The anchor knows seals from after this backup. Once you are sure that it is the right one, say why:\n"
                '  leerkracht audit accept-restore --reason "…"'
            )
