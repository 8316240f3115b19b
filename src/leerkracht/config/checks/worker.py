"""Whether tasks are done: a worker that lives, and none that waits too long."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from leerkracht.config.checks import Finding, fine, note, wrong

ABOUT = "tasks"
HEARTBEAT = Path("run") / "worker"
HEARTBEAT_SECONDS = 5
DEAD_SECONDS = 60
LONGEST_WAIT = timedelta(minutes=5)


def look() -> list[Finding]:
    now = timezone.now()
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LONGEST_WAIT).count()
    if waiting:
        text = f"{waiting} tasks wait longer than five minutes (mail, documents). Is `leerkracht work` running?"
        return [wrong(ABOUT, text)]
    if not is_alive(settings.DATA_HOME):
        return [note(ABOUT, "No task worker runs on this machine; nothing waits for one.")]
    return [fine(ABOUT, "The task worker is alive and nothing waits.")]


def is_alive(home: Path) -> bool:
    """Tell whether a worker on this machine gave a sign in the last minute."""
    mark = home / HEARTBEAT
    return mark.exists() and time.time() - mark.stat().st_mtime < DEAD_SECONDS
