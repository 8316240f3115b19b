"""``leerkracht privacy``: whether every field is declared, the papers made from that, and one person's own data."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services import erasure, purge
from leerkracht.config.privacy import check, papers
from leerkracht.config.privacy.declared import Declared, Unreadable, declared
from leerkracht.core.rules import Refusal


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

        over = acts.add_parser("purge", help="let go now of what is kept long enough (the worker does so each night)")
        over.add_argument("--dry-run", action="store_true", help="count only")
        over.add_argument("--json", action="store_true", help="print one JSON object per rule")
        take = acts.add_parser("download", help="write all that is kept about somebody to a ZIP, and leave a line")
        take.add_argument("person", help="mail address, or number")
        take.add_argument("file", type=Path)
        erase = acts.add_parser("erase", help="erase somebody: the work stays, the name goes; cannot be taken back")
        erase.add_argument("person", help="mail address, or number")
        erase.add_argument("--yes", action="store_true", help="do not ask")

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

    def _purge(self, told: Declared, options: dict[str, Any]) -> None:
        now = timezone.now()
        if options["dry_run"]:
            found = [(one.rule, one.before, one.rows) for one in purge.would_go(now=now)]
        else:
            found = [(line.rule, line.before, line.removed) for line in purge.purge(now=now)]
        for rule, before, rows in found:
            if options["json"]:
                self.stdout.write(json.dumps({"rule": rule, "before": before.isoformat(), "rows": rows}))
            else:
                self.stdout.write(f"{rule}: {rows} rows older than {before:%Y-%m-%d %H:%M}")
        if not found and not options["json"]:
            self.stdout.write("It was done today already.")

    def _download(self, told: Declared, options: dict[str, Any]) -> None:
        person, path = self._person(options["person"]), options["file"]
        try:
            path.write_bytes(erasure.all_of(person=person, by=THE_SYSTEM, now=timezone.now()))
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}") from error
        self.stdout.write(f"Written: {path}")

    def _erase(self, told: Declared, options: dict[str, Any]) -> None:
        person = self._person(options["person"])
        if not options["yes"] and input(f"Erase {person} <{person.email}> for good? Type yes: ").strip() != "yes":
            raise CommandError("Nothing was erased.")
        try:
            erasure.erase_person(person=person, by=THE_SYSTEM, now=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Person {person.pk} is erased; what they did goes by ‘oud-collega’.")

    def _person(self, said: str) -> Person:
        rows = Person.objects.filter(pk=int(said)) if said.isdigit() else Person.objects.filter(email__iexact=said)
        found = rows.first()
        if found is None:
            raise CommandError(f"There is nobody with {said}.")
        return found

    def _write(self, path: Path, text: str) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}") from error
        self.stdout.write(f"Written: {path}")
