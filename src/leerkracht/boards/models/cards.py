"""What hangs on a board. Rows are written by operations only; ids are made by the device that wrote the card."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .boards import Board, Section


class Goal(models.Model):
    """Leerlingdoel: what pupils can do in four to six weeks that they cannot do now, and how that is seen."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("concept")
        ACTIVE = "ACTIVE", _("op het bord")
        ACHIEVED = "ACHIEVED", _("gehaald")
        PARTLY = "PARTLY", _("deels gehaald")
        NOT_ACHIEVED = "NOT_ACHIEVED", _("niet gehaald")
        DROPPED = "DROPPED", _("losgelaten")

    id = models.UUIDField(primary_key=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="goals")
    theme = models.ForeignKey("boards.Theme", models.PROTECT, null=True, blank=True, related_name="goals")
    text = models.CharField(max_length=200)
    measure = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    baseline = models.FloatField(null=True, blank=True)
    target = models.FloatField(null=True, blank=True)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    kept = models.CharField(max_length=400, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    position = models.FloatField()
    on_board = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ACTIVE")
                | (
                    ~Q(measure="")
                    & Q(baseline__isnull=False, target__isnull=False, start_date__isnull=False, end_date__isnull=False)
                ),
                name="goal_on_the_board_has_a_measure",
                violation_error_message=_(
                    "Een doel op het bord heeft een maat, een beginstand, een streefwaarde en een periode."
                ),
            ),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(start_date=None) | Q(end_date__gt=F("start_date")),
                name="goal_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["board", "on_board"], name="goal_on_board")]

    def __str__(self) -> str:
        return self.text


class Measurement(models.Model):
    """A measured moment of a goal: always of the group, never of one pupil."""

    id = models.UUIDField(primary_key=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="measurements")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="measurements")
    date = models.DateField()
    value = models.FloatField()
    remark = models.CharField(max_length=200, blank=True)
    on_board = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}: {self.value:g}"


class Action(models.Model):
    """Who does what before when. One owner; under a goal, or plainly organisational."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("open")
        DONE = "DONE", _("klaar")
        DROPPED = "DROPPED", _("losgelaten")

    id = models.UUIDField(primary_key=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="actions")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="actions")
    text = models.CharField(max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="actions")
    due_date = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    carried = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    position = models.FloatField()
    on_board = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["board", "on_board"], name="action_on_board"),
            models.Index(fields=["owner", "state"], name="action_by_owner"),
        ]

    def __str__(self) -> str:
        return self.text


class Note(models.Model):
    """Every other card: a success, something planned, a parked topic, a help request, a card in an own section."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("open")
        OFFERED = "OFFERED", _("hulp aangeboden")
        CLOSED = "CLOSED", _("afgerond")

    id = models.UUIDField(primary_key=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="notes")
    section = models.ForeignKey(Section, models.PROTECT, related_name="notes")
    text = models.CharField(max_length=200)
    detail = models.CharField(max_length=400, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="board_notes"
    )
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="notes")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="notes")
    day = models.DateField(null=True, blank=True)
    time = models.CharField(max_length=5, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    position = models.FloatField()
    on_board = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["board", "on_board"], name="note_on_board")]

    def __str__(self) -> str:
        return self.text
