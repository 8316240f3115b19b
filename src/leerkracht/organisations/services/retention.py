"""How long this room keeps what; ``privacy.toml`` says the same in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from leerkracht.core.registry.retention import Rule
from leerkracht.core.rules import gettext_noop as _
from leerkracht.organisations.models import (
    Handover,
    Invitation,
    RoleAssignment,
    RosterImport,
    SheetImport,
    TeamMembership,
)
from leerkracht.organisations.rules.imports import DRAFT_FOR, UNDO_FOR

from .imports import drop_old_uploads

TWO_YEARS = timedelta(days=2 * 365 + 1)
AFTER_UNDO = timedelta(days=31)


def _uploads(before: datetime) -> QuerySet[SheetImport]:
    draft = Q(state=SheetImport.State.DRAFT, created_at__lte=before + UNDO_FOR - DRAFT_FOR)
    return SheetImport.objects.filter(draft | Q(applied_at__lt=before, raw__isnull=False))


def _drop_uploads(rows: QuerySet[Any], now: datetime) -> int:
    return drop_old_uploads(now)


def _closed(before: datetime) -> QuerySet[Invitation]:
    """Doors that closed: used up, taken back or run out, so long ago."""
    used = Q(used__gte=F("places"), created_at__lt=before)
    return Invitation.objects.filter(used | Q(revoked_at__lt=before) | Q(expires_at__lt=before))


RULES = (
    Rule("invitations", _("Uitnodigingen die gebruikt of verlopen zijn"), timedelta(days=30), _closed),
    Rule("uploads", _("Cellen van ingelezen lijsten"), UNDO_FOR, _uploads, _drop_uploads),
    Rule(
        "memberships",
        _("Plekken in teams van lang geleden"),
        TWO_YEARS,
        lambda before: TeamMembership.objects.filter(to_date__lt=timezone.localdate(before)),
    ),
    Rule(
        "roles",
        _("Rollen van lang geleden"),
        TWO_YEARS,
        lambda before: RoleAssignment.objects.filter(to_date__lt=timezone.localdate(before)),
    ),
    Rule(
        "rosters",
        _("Wat nodig was om een personeelslijst terug te draaien"),
        AFTER_UNDO,
        lambda before: RosterImport.objects.filter(at__lt=before).exclude(moved=[]),
        lambda rows, now: rows.update(moved=[]),
    ),
    Rule(
        "handovers",
        _("Wat nodig was om overdragen terug te draaien"),
        AFTER_UNDO,
        lambda before: Handover.objects.filter(day__lt=timezone.localdate(before)).exclude(moved=[]),
        lambda rows, now: rows.update(moved=[]),
    ),
)
