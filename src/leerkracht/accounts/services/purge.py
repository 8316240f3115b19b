"""Let go each night of what is kept long enough, and write down that it went."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from leerkracht.accounts.models import PurgeLine
from leerkracht.accounts.queries.purge import last_purge
from leerkracht.accounts.rules.trail import is_look_due
from leerkracht.core.registry.retention import Rule, rules


@dataclass(frozen=True)
class Over:
    """What a rule would let go now."""

    rule: str
    before: datetime
    rows: int


def would_go(*, now: datetime) -> list[Over]:
    """Count what is over, by rule; nothing is changed."""
    found = []
    for rule in rules():
        before, rows = rule.over(now)
        found.append(Over(rule.name, before, rows.count()))
    return found


def purge_nightly(*, now: datetime) -> list[PurgeLine]:
    """Purge once a night; by day only where nights were missed."""
    return purge(now=now) if is_look_due(last_purge(), timezone.localtime(now)) else []


def purge(*, now: datetime) -> list[PurgeLine]:
    """Carry every rule out, each in a transaction of its own, and return the lines of the proof.

    The line of a rule is written first and stands once a day: of two that purge at once, one does the work. A rule that
    fails leaves no line and is tried again; the others go on.
    """
    done = []
    errors: list[Exception] = []
    for rule in rules():
        try:
            line = _carry_out(rule, now)
        except Exception as error:
            errors.append(error)
            continue
        done += [line] if line else []
    if errors:
        raise ExceptionGroup("some rules of the purge failed", errors)
    return done


def _carry_out(rule: Rule, now: datetime) -> PurgeLine | None:
    started = time.monotonic()
    before, rows = rule.over(now)
    try:
        with transaction.atomic():
            line = PurgeLine.objects.create(
                day=timezone.localdate(now), rule=rule.name, at=now, before=before, removed=0
            )
            line.removed = rule.drop(rows, now) if rule.drop else rows.delete()[0]
            line.milliseconds = round((time.monotonic() - started) * 1000)
            line.save(update_fields=["removed", "milliseconds"])
            return line
    except IntegrityError:
        if PurgeLine.objects.filter(day=timezone.localdate(now), rule=rule.name).exists():
            return None  # another worker did it, or it was done today
        raise
