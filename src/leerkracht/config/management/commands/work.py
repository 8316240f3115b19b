"""``leerkracht work``: the task worker."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from leerkracht.accounts.rules.trail import EVERY_SECONDS
from leerkracht.accounts.services import purge, sealing
from leerkracht.config.checks import durability
from leerkracht.config.checks.worker import HEARTBEAT, HEARTBEAT_SECONDS
from leerkracht.config.serving.processes import end_with_parent, hold

log = logging.getLogger("leerkracht.audit")


class Command(BaseCommand):
    help = "Run tasks (mail, documents, nightly work) until SIGTERM."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between two looks, default 0.5")
        parser.add_argument("--with-parent", action="store_true", help="end when the process that started this ends")

    def handle(self, *args: Any, **options: Any) -> None:
        durability.refuse_unsafe()
        if options["with_parent"]:
            end_with_parent()
        with hold(settings.DATA_HOME):
            mark = settings.DATA_HOME / HEARTBEAT
            threading.Thread(target=_beat, args=(mark,), daemon=True, name="heartbeat").start()
            threading.Thread(target=_seal, daemon=True, name="sealing").start()
            try:
                call_command(
                    "db_worker", queue_name="*", interval=options["interval"], startup_delay=False, reload=False
                )
            finally:
                mark.unlink(missing_ok=True)


def _beat(mark: Path) -> None:
    while True:
        mark.touch()
        time.sleep(HEARTBEAT_SECONDS)


def _seal() -> None:
    """Seal, verify and purge, for as long as the worker lives; a round that fails is tried again."""
    while True:
        close_old_connections()
        try:
            sealing.seal_and_anchor(now=timezone.now())
            sealing.verify_daily(now=timezone.now())
            purge.purge_nightly(now=timezone.now())
        except Exception:
            log.exception("sealing, verifying or purging failed; trying again")
        time.sleep(EVERY_SECONDS)
