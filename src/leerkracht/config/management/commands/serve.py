"""``leerkracht serve``: the one serving process."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from leerkracht.config.checks import durability
from leerkracht.config.serving.processes import end_with_parent, hold, server_command


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
        _mark = hold(settings.DATA_HOME)  # stays open in the server: a restore sees it
        os.execv(sys.executable, server_command(options["host"], options["port"]))
