"""Django's ``migrate``, which refuses to change somebody's data without a backup of the last day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.utils import timezone

from leerkracht.config.serving import backups, schema


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--without-backup", action="store_true", help="migrate although no backup of the last 24 hours is known"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        using = options["database"]
        changes = options.get("migration_name") or schema.pending(using)
        harmless = options.get("without_backup") or options.get("plan") or options.get("check_unapplied")
        if changes and not harmless and schema.holds_data(using) and not backups.is_recent(timezone.now()):
            raise CommandError(
                "The database has data and no backup of the last 24 hours is known. Make one first:\n"
                "  leerkracht backup FILE\n"
                "or migrate without one:  leerkracht migrate --without-backup"
            )
        super().handle(*args, **options)
