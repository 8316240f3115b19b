"""``leerkracht privacy``: whether every field is declared, and the papers made from what is declared."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from leerkracht.config.privacy import check, papers
from leerkracht.config.privacy.declared import Declared, Unreadable, declared


class Command(BaseCommand):
    help = "Check that every field that is kept is declared in privacy.toml, and write the register and the annexes."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="do", required=True)
        look = acts.add_parser("check", help="exit 1 if a field of any model is not declared")
        look.add_argument("--json", action="store_true", help="print one JSON object")
        look.add_argument("--plant", metavar="FIELD", help="pretend that app.Model.field exists: it must be found")
        write = acts.add_parser("register", help="print the register of processing, in Dutch, as Markdown")
        write.add_argument("--to", type=Path, metavar="FILE", help="write it to a file instead")
        annexes = acts.add_parser("annexes", help="write both annexes of the data-processing agreement to a folder")
        annexes.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = declared()
        except Unreadable as error:
            raise CommandError(str(error)) from error
        getattr(self, "_" + options["do"])(told, options)

    def _check(self, told: Declared, options: dict[str, Any]) -> None:
        kept = check.kept_fields() | ({options["plant"]} if options["plant"] else set())
        found = check.problems(told, kept)
        if options["json"]:
            personal = sum(
                told.classes[keys[0]].is_personal for keys in told.fields.values() if keys[0] in told.classes
            )
            facts = {"fields": len(kept), "classes": len(told.classes), "personal": personal, "problems": found}
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            for problem in found:
                self.stdout.write(problem)
            self.stdout.write(f"{len(kept)} fields, {len(told.classes)} classes, {len(found)} problems.")
        if found:
            sys.exit(1)

    def _register(self, told: Declared, options: dict[str, Any]) -> None:
        text = papers.register(told, timezone.localdate())
        if options["to"]:
            self._write(options["to"], text)
        else:
            self.stdout.write(text)

    def _annexes(self, told: Declared, options: dict[str, Any]) -> None:
        folder, today = options["folder"], timezone.localdate()
        for name, make in (
            ("bijlage-1-privacybijsluiter.md", papers.privacy_annex),
            ("bijlage-2-beveiliging.md", papers.security_annex),
        ):
            self._write(folder / name, make(told, today))

    def _write(self, path: Path, text: str) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}") from error
        self.stdout.write(f"Written: {path}")
