"""``leerkracht audit``: seal the logs, check them, or let them go on after a backup was put back."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from leerkracht.accounts.queries import anchor, chain
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.services import sealing


class Command(BaseCommand):
    help = "Seal what was written, verify every sealed row, or accept that a backup was put back."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="do", required=True)
        acts.add_parser("seal", help="seal now what waits (the worker does so every 20 seconds)")
        verify = acts.add_parser("verify", help="check every sealed row, every seal and the anchor; exit 1 if broken")
        verify.add_argument("--json", action="store_true", help="print one JSON object")
        accept = acts.add_parser("accept-restore", help="let the anchor go on from a backup that was put back")
        accept.add_argument("--reason", required=True, help="kept in the anchor and shown by doctor")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, "_" + options["do"].replace("-", "_"))(options)

    def _seal(self, options: dict[str, Any]) -> None:
        made = sealing.seal_and_anchor(now=timezone.now())
        self.stdout.write(f"Sealed: {sum(seal.count for seal in made)} rows, {len(made)} seals.")

    def _verify(self, options: dict[str, Any]) -> None:
        verdict, waits = chain.look(), chain.waiting()
        if options["json"]:
            facts = {**asdict(verdict), "holds": verdict.holds, "waiting": waits.rows}
            self.stdout.write(json.dumps(facts))
        else:
            self._say(verdict, waits)
        if not verdict.holds:
            sys.exit(1)

    def _say(self, verdict: chain.Verdict, waits: chain.Waiting) -> None:
        for one in verdict.broken:
            place = ", ".join(part for part in (f"seal {one.seal}" if one.seal else "", one.stream, one.row) if part)
            self.stdout.write(f"{place}: {one.what}" if place else one.what)
        if len(verdict.broken) == chain.MOST_FINDINGS:
            self.stdout.write("There may be more.")
        said = "All are as they were sealed." if verdict.holds else "NOT as it was sealed; see docs/operations.md."
        self.stdout.write(f"{verdict.rows} rows under {verdict.seals} seals; {waits.rows} wait for one. {said}")
        known = anchor.known() if verdict.holds else None
        for restore in known.restores if known else ():
            self.stdout.write(f"A backup was put back and accepted: {restore}")

    def _accept_restore(self, options: dict[str, Any]) -> None:
        reason = options["reason"].strip()
        if not reason:
            raise CommandError("Say why, for who reads the anchor later: --reason 'disk lost, backup of Monday'.")
        common = sealing.accept_restore(why=reason, by=THE_SYSTEM, now=timezone.now())
        self.stdout.write(f"The chain goes on after seal {common}, the last that both knew. Trail and anchor say so.")
