"""``leerkracht messages``: keep the English beside the Dutch."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from leerkracht.config.messages import catalogue


class Command(BaseCommand):
    help = "Collect the sentences of the product, check their English, compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--update", action="store_true", help="add new sentences, drop those that went")
        what.add_argument("--check", action="store_true", help="exit 1 when something cannot be read in English")
        what.add_argument("--compile", action="store_true", help="compile when the catalogue is newer")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            new, gone = catalogue.update()
            missing = len(catalogue.untranslated())
            self.stdout.write(f"{new} new, {gone} gone, {missing} without English in {catalogue.CATALOGUE}")
        elif options["check"]:
            problems = catalogue.check()
            for problem in problems:
                self.stdout.write(str(problem))
            self.stdout.write(f"{len(problems)} problems." if problems else "Every sentence has its English.")
            sys.exit(1 if problems else 0)
        elif catalogue.is_stale():
            catalogue.compile_all()
