"""How long this room keeps what; ``privacy.toml`` says the same in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django_tasks_db.models import DBTaskResult

from leerkracht.accounts.models import AuditEntry, PersonMerge, PurgeLine
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.accounts.rules.trail import WITNESSES
from leerkracht.core.models import KeptValue
from leerkracht.core.registry.retention import Rule
from leerkracht.core.rules import gettext_noop as _

from .audit import STREAM
from .sealing import forget_content

FIVE_YEARS = timedelta(days=5 * 365 + 1)
MOST_A_NIGHT = 20_000  # lines that are emptied: two seconds, in which nobody else writes on SQLite


def _forget_lines(rows: QuerySet[Any], now: datetime) -> int:
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_A_NIGHT])
    return forget_content(stream=STREAM, keys=keys, by=THE_SYSTEM, now=now) if keys else 0


RULES = (
    Rule(
        "sessions",
        _("Sessies die voorbij zijn"),
        timedelta(0),
        lambda before: Session.objects.filter(expire_date__lt=before),
    ),
    Rule(
        "sign_ins",
        _("Plekken waar niemand meer is ingelogd"),
        timedelta(days=1),
        lambda before: UserSession.objects.filter(last_seen_at__lt=before).exclude(
            Exists(Session.objects.filter(session_key=OuterRef("session_key")))
        ),
    ),
    Rule(
        "confirmations",
        _("Bevestigingen van adressen"),
        timedelta(days=3),
        lambda before: EmailConfirmation.objects.filter(created__lt=before),
    ),
    Rule(
        "kept_values",
        _("Tellers die verlopen zijn"),
        timedelta(0),
        lambda before: KeptValue.objects.filter(expires__lt=before),
    ),
    Rule(
        "tasks",
        _("Werk op de achtergrond dat klaar is"),
        timedelta(days=7),
        lambda before: DBTaskResult.objects.filter(finished_at__lt=before),
    ),
    Rule(
        "merges",
        _("Wat nodig was om samenvoegen terug te draaien"),
        timedelta(days=31),
        lambda before: PersonMerge.objects.filter(at__lt=before).exclude(moved={}),
        lambda rows, now: rows.update(moved={}),
    ),
    Rule(
        "trail",
        _("Waar oude regels van ‘Wat is er gedaan’ over gingen"),
        FIVE_YEARS,
        lambda before: (
            AuditEntry.objects.filter(at__lt=before, seal__isnull=False).exclude(salt=b"").exclude(act__in=WITNESSES)
        ),
        _forget_lines,
    ),
    Rule(
        "proof",
        _("Dit overzicht zelf"),
        FIVE_YEARS,
        lambda before: PurgeLine.objects.filter(at__lt=before),
    ),
)
