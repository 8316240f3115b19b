"""``leerkracht prepare``: what an upgrade needs before serving."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from leerkracht.config.serving.prepare import Preparation
from leerkracht.config.serving.processes import hold


class Command(BaseCommand):
    help = "Bring translations, static files, database and starting content up to this version. Safe to repeat."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--register", nargs="+", default=[], metavar="FILE", help="load lists of the national register"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with hold(settings.DATA_HOME):
            Preparation(self.stdout.write).run(register=options["register"])
        self.stdout.write("Ready.")
