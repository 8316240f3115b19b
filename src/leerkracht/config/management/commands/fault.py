"""``leerkracht fault``: break a copy of the product on purpose and count what was lost."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from leerkracht.config.fault import board, check, stage
from leerkracht.config.fault.postgres import NoPostgres
from leerkracht.config.fault.servers import NotStarted


class Command(BaseCommand):
    help = "Break a copy of the product on purpose and count what was lost. Touches no data but its own."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        trials = parser.add_subparsers(dest="trial", required=True)
        on_board = trials.add_parser("board", help="devices on a bad network, and a server that is killed")
        on_board.add_argument("--clients", type=int, default=3)
        on_board.add_argument("--ops", type=int, default=2000, help="operations in all")
        on_board.add_argument("--kill", type=int, default=10, help="how often the server is killed")
        on_board.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
        on_board.add_argument("--seed", type=int, default=1)
        on_board.add_argument("--json", action="store_true", help="print one JSON object")
        on_board.add_argument("--break-idempotency", action="store_true", help="retry under new ids: must end in 1")
        scene = trials.add_parser("stage", help="fill an empty database for a trial (the trials call this)")
        scene.add_argument("--people", type=int, default=3)
        scene.add_argument("--cards", type=int, default=0)
        scene.add_argument("--boards", type=int, default=1)
        told = trials.add_parser("check", help="compare a board with what devices were told (the trials call this)")
        told.add_argument("--board", type=int, required=True)
        told.add_argument("--journal", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, "_" + options["trial"])(options)

    def _board(self, options: dict[str, Any]) -> None:
        plan = board.Plan(
            clients=options["clients"],
            ops=options["ops"],
            kills=options["kill"],
            database=options["db"],
            seed=options["seed"],
            breaks_idempotency=options["break_idempotency"],
        )
        try:
            report = board.run(plan, self._progress)
        except (board.Failed, NoPostgres, NotStarted) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(board.as_json(report) if options["json"] else self._words(report))
        if not report.ok:
            sys.exit(1)

    def _progress(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()

    def _words(self, report: board.Report) -> str:
        return (
            f"{report.acknowledged} of {report.ops} operations acknowledged, {report.refused} refused with a reason; "
            f"{report.attempts} attempts by {report.clients} devices, {report.kills} kills, {report.seconds} s.\n"
            f"Lost {report.lost}, double {report.double}, contradicted {report.mixed}. "
            + ("Log and tables tell one story." if not report.wrong else "\n".join(report.wrong))
        )

    def _stage(self, options: dict[str, Any]) -> None:
        try:
            sizes = {name: options[name] for name in ("people", "cards", "boards")}
            scene = stage.build(**sizes, now=timezone.now())
        except stage.NotEmpty as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(asdict(scene)))

    def _check(self, options: dict[str, Any]) -> None:
        found = check.verdict(options["board"], json.loads(options["journal"].read_text()))
        self.stdout.write(json.dumps({**asdict(found), "ok": found.is_ok}))
