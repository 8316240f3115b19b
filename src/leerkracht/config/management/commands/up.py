"""``leerkracht up``: prepare, serve and work, until Ctrl-C."""

from __future__ import annotations

import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.utils import timezone

from leerkracht.config.checks import durability
from leerkracht.config.queries import demonstration
from leerkracht.config.serving.prepare import Preparation
from leerkracht.config.serving.processes import Pair, hold

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Command(BaseCommand):
    help = "Bring everything up to date, then run the server and the task worker until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--register", nargs="+", default=[], metavar="FILE", help="load lists of the national register"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.say("Preparing:")
        with hold(settings.DATA_HOME):
            Preparation(self.say).run(register=options["register"])
            durability.refuse_unsafe()
            self.people = _beginnings() if settings.DEMONSTRATION else []
            connections.close_all()
            sys.exit(self._serve(options["host"], options["port"]))

    def _serve(self, host: str, port: int) -> int:
        pair = Pair(host, port)
        signal.signal(signal.SIGTERM, pair.ask_to_stop)
        signal.signal(signal.SIGINT, pair.ask_to_stop)
        if not pair.wait_until_ready():
            pair.stop()
            if pair.server.returncode:
                self.stderr.write("The server did not start; the lines above say why.")
            return 1
        self._welcome(host)
        code = pair.watch()
        self.say("Stopped. Everything that was saved is kept.")
        return code

    def _welcome(self, host: str) -> None:
        self.say(f"\nleerkracht is ready. Open  {settings.BASE_URL}\n")
        if settings.DEMONSTRATION:
            self.say(
                "This is the demonstration: everyone in it is made up, and no mail leaves this machine.\n"
                f"Choose whom you want to be, with one click:  {settings.BASE_URL}/demo/\n"
                "For a beginning:"
            )
            for line in self.people:
                self.say(f"  {line}")
            if host not in LOOPBACK:
                self.say(
                    "CAREFUL: others on your network can open it too, and be anyone. Type no real names.\n"
                    "Passkeys, offline work and the camera need https; docs/operations.md tells how.\n"
                )
        self.say("\nCtrl-C stops it; what you did is kept.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _beginnings() -> list[str]:
    """Return a few people of the demonstration whose day is worth seeing first."""
    found = demonstration.starters(demonstration.groups(timezone.localdate()))
    return [f"{starter.double.person.name} ({starter.double.roles})" for starter in found]
