"""``leerkracht import_roster FILE.zip|FOLDER``: take a staff roster in (OneRoster 1.2 CSV)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal
from leerkracht.organisations.kernel.roster import Roster, folder_files, read_roster, zip_files
from leerkracht.organisations.models import GoverningBody, School
from leerkracht.organisations.queries.roster import codes_of_body, codes_of_school
from leerkracht.organisations.services.roster import Place, count_new, import_roster


class Command(BaseCommand):
    help = "Reads a staff roster (OneRoster 1.2 CSV); pupils are dropped and counted. Wholly in or wholly out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE.zip|FOLDER")
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--school", metavar="CODE")
        place.add_argument("--governing-body", metavar="NUMBER")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")

    def handle(self, *args: Any, **options: Any) -> None:
        place = _place(options)
        try:
            roster = _read(options["path"], place)
        except OSError as error:
            raise CommandError("Dit bestand is er niet, of we mogen het niet lezen.", returncode=1) from error
        except Refusal as refusal:
            raise CommandError(say(refusal), returncode=1) from refusal
        new = count_new(roster)
        if not options["dry_run"]:
            import_roster(place=place, roster=roster, teams={}, by=THE_SYSTEM, now=timezone.now())
        report = _report(roster, new)
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else _sentences(report))


def _place(options: dict[str, Any]) -> Place:
    school = School.objects.filter(code__iexact=options["school"] or "").first()
    body = GoverningBody.objects.filter(number=options["governing_body"] or "").first()
    if school is None and body is None:
        raise CommandError("Deze school of dit bestuur kennen we niet. Lees eerst het register in.", returncode=1)
    return Place(school) if school else Place(governing_body=body)


def _read(path: Path, place: Place) -> Roster:
    files = folder_files(path) if path.is_dir() else zip_files(path.read_bytes())
    if place.school is not None:
        return read_roster(files, codes_of_school(place.school))
    body = place.governing_body
    return read_roster(files, codes_of_body(body, timezone.localdate()) if body else frozenset())


def _report(roster: Roster, new: int) -> dict[str, Any]:
    return {
        "kind": "oneroster",
        "staff": len(roster.staff),
        "new": new,
        "known": len(roster.staff) - new,
        "inactive": roster.inactive,
        "pupils_dropped": roster.pupils,
        "enrolments_dropped": roster.enrolments,
        "refused": [{"file": row.file, "line": row.line, "reason": row.reason} for row in roster.refused],
    }


def _sentences(report: dict[str, Any]) -> str:
    dropped = (
        f"{report['pupils_dropped']} leerlingen en ouders, {report['enrolments_dropped']} plaatsingen van leerlingen"
    )
    said = (
        f"{report['staff']} collega’s: {report['new']} nieuw, {report['known']} al bekend, "
        f"{report['inactive']} inactief. Weggelaten: {dropped}. Geweigerd: {len(report['refused'])}."
    )
    return "\n".join([said, *(f"  {row['file']}, regel {row['line']}: {row['reason']}" for row in report["refused"])])
