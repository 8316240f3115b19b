"""``leerkracht doctor``: what is wrong with this installation, in words."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from types import ModuleType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from leerkracht.config.checks import (
    Finding,
    Level,
    chain,
    durability,
    keys,
    policy,
    privacy,
    purge,
    schema,
    surroundings,
    words,
    worker,
    wrong,
)

CHECKS: tuple[ModuleType, ...] = (surroundings, durability, schema, keys, policy, words, privacy, worker, purge, chain)
SIGNS = {Level.FINE: "ok   ", Level.NOTE: "note ", Level.WRONG: "WRONG"}


class Command(BaseCommand):
    help = "Look at settings, durability, migrations, keys, words, privacy, tasks and sealed logs; exit 1 when wrong."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object, for machines")
        parser.add_argument("--full", action="store_true", help="look at every sealed row, however many there are")

    def handle(self, *args: Any, **options: Any) -> None:
        found = examine(is_full=options["full"])
        bad = [finding for finding in found if finding.level == Level.WRONG]
        if options["json"]:
            self.stdout.write(json.dumps({"healthy": not bad, "findings": [asdict(finding) for finding in found]}))
        else:
            for finding in found:
                self.stdout.write(f"{SIGNS[finding.level]}  {finding.about}: {finding.text}")
            self.stdout.write(f"\n{len(bad)} wrong." if bad else "\nNothing is wrong.")
        if bad:
            sys.exit(1)


def examine(*, is_full: bool = False) -> list[Finding]:
    """Run every check; one that cannot look is a finding itself."""
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found += chain.look(is_full=is_full) if check is chain else check.look()
        except Exception as error:  # the database may be away, which is just what doctor must be able to say
            about = check.__name__.rsplit(".", 1)[1]
            found.append(wrong(about, f"Could not look: {error}".strip()))
    return found
