"""``leerkracht serve``: the one serving process."""

from __future__ import annotations

import os
import sys
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from leerkracht.config.checks import durability
from leerkracht.config.serving.processes import InUse, end_with_parent, hold, server_command


class Command(BaseCommand):
    help = "Serve, until SIGTERM. Run `leerkracht prepare` first; `leerkracht work` does the tasks."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--with-parent", action="store_true", help="end when the process that started this ends")

    def handle(self, *args: Any, **options: Any) -> None:
        durability.refuse_unsafe()
        if options["with_parent"]:
            end_with_parent()
        _marks = [hold(settings.DATA_HOME), *_only_one()]  # they stay open in the server, where a restore sees them
        os.execv(sys.executable, server_command(options["host"], options["port"]))


def _only_one() -> list[IO[str]]:
    """Refuse a second serving process on one SQLite file: it wants one writer."""
    if connection.vendor != "sqlite":
        return []
    try:
        return [hold(settings.DATA_HOME, alone=True, mark="serving")]
    except InUse:
        raise CommandError(f"{settings.DATA_HOME} is being served already. Stop that, or use another home.") from None
