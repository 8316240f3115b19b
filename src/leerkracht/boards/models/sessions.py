"""The fifteen minutes at the board, and who stood there."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .boards import Board

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike on a wall at three metres
CODE_LENGTH = 8


def make_join_code() -> str:
    """Eight letters that a phone's owner can also type; 8 x 10^11 of them, and only a running session's opens."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class BoardSession(models.Model):
    """Bordsessie: planned, running, between two sittings, closed with a record, or skipped with a reason."""

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("gepland")
        RUNNING = "RUNNING", _("bezig")
        BETWEEN = "BETWEEN", _("wacht op de tweede groep")
        CLOSED = "CLOSED", _("gehouden")
        SKIPPED = "SKIPPED", _("overgeslagen")

    class Step(models.TextChoices):
        CHECK_IN = "CHECK_IN", _("Check-in")
        SUCCESSES = "SUCCESSES", _("Successen")
        GOALS = "GOALS", _("Doelen")
        ACTIONS = "ACTIONS", _("Acties")
        PLANNING = "PLANNING", _("Planning")
        ROUND_OFF = "ROUND_OFF", _("Afronden")

    id = models.UUIDField(primary_key=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="sessions")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    planned_date = models.DateField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    sitting = models.PositiveSmallIntegerField(default=1)
    sitting_started_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.CHECK_IN)
    step_started_at = models.DateTimeField(null=True, blank=True)
    # Seconds per sitting and step ({"1": {"CHECK_IN": 95}}), and the split that was aimed at ({"CHECK_IN": 120}).
    spent = models.JSONField(default=dict)
    split = models.JSONField(default=dict)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    timekeeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    notetaker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    top = models.CharField(max_length=200, blank=True)
    tip = models.CharField(max_length=200, blank=True)
    skip_reason = models.CharField(max_length=200, blank=True)
    next_date = models.DateField(null=True, blank=True)
    # Not a card's field: the code opens the session to phones and never stands in the log.
    join_code = models.CharField(max_length=8, unique=True, default=make_join_code)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board"],
                condition=Q(state__in=["RUNNING", "BETWEEN"]),
                name="session_one_at_a_time",
                violation_error_message=_("Op dit bord loopt al een bordsessie."),
            ),
        ]
        indexes = [models.Index(fields=["board", "planned_date"], name="session_by_day")]

    def __str__(self) -> str:
        return f"{self.board_id} {self.planned_date:%Y-%m-%d}"


class Attendance(models.Model):
    """Who stood at the board, in which sitting."""

    id = models.UUIDField(primary_key=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    session = models.ForeignKey(BoardSession, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sitting = models.PositiveSmallIntegerField(default=1)
    is_present = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person", "sitting"], name="attendance_once_per_sitting"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.session_id}"


class CheckInTally(models.Model):
    """The mood of one sitting while it lasts, where several servers share the work; gone when the session closes.

    One server keeps it in memory and never has a row here.
    """

    session = models.ForeignKey(BoardSession, models.CASCADE, related_name="+")
    sitting = models.PositiveSmallIntegerField()
    totals = models.JSONField(default=list)
    tapped = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "sitting"], name="tally_one_per_sitting")]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.sitting}"
