"""A board, its sections, and the log that every change of it goes through."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leerkracht.organisations.models import School, Team


class Board(models.Model):
    """One wall of one team (or of the implementation team); ``last_seq`` is the length of its log.

    ``last_operation`` names the line that ``last_seq`` counts: a state in memory with the same name is this board's.
    """

    class Kind(models.TextChoices):
        IMPROVEMENT = "IMPROVEMENT", _("verbeterbord")
        ORGANISATIONAL = "ORGANISATIONAL", _("organisatorisch bord")
        IMPLEMENTATION = "IMPLEMENTATION", _("bord van het implementatieteam")
        PRACTICE = "PRACTICE", _("oefenbord")

    school = models.ForeignKey(School, models.PROTECT, related_name="boards")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="boards")
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.IMPROVEMENT)
    last_seq = models.PositiveIntegerField(default=0)
    last_operation = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "kind"], condition=Q(archived_at=None), name="board_one_of_a_kind_per_team"
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(archived_at=None, kind="IMPLEMENTATION"),
                name="board_one_implementation_team",
            ),
            models.CheckConstraint(
                condition=Q(kind="IMPLEMENTATION", team=None) | (~Q(kind="IMPLEMENTATION") & Q(team__isnull=False)),
                name="board_of_a_team_or_of_the_implementation_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Operation(models.Model):
    """One line of a board's log. ``id`` is made by the client and is the idempotency key; lines are never changed.

    ``changes`` holds, per card or session, the fields before and after: live screens, undo and history read it.
    ``digest`` covers salt, payload and changes: erasing those leaves the line verifiable (``core.kernel.chain``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    board = models.ForeignKey(Board, models.PROTECT, related_name="operations")
    seq = models.PositiveIntegerField()
    session_id = models.UUIDField(null=True, blank=True)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=36)
    kind = models.CharField(max_length=24)
    payload = models.BinaryField()
    changes = models.BinaryField()
    salt = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=32)
    applied_at = models.DateTimeField()
    seal = models.ForeignKey("accounts.Seal", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "seq"], name="operation_one_per_place_in_the_log"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="operation_counts_from_one"),
        ]
        indexes = [
            models.Index(fields=["board", "applied_at"], name="operation_by_day"),
            models.Index(fields=["seal", "id"], condition=Q(seal__isnull=False), name="operation_by_seal"),
            models.Index(fields=["id"], condition=Q(seal=None), name="operation_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id}#{self.seq} {self.kind}"


class Section(models.Model):
    """A column of a board. The five of the method come first; a team renames, hides, orders and adds."""

    class Kind(models.TextChoices):
        CHECK_IN = "CHECK_IN", _("Check-in")
        SUCCESSES = "SUCCESSES", _("Successen")
        GOALS = "GOALS", _("Leerlingdoelen")
        ACTIONS = "ACTIONS", _("Acties")
        PLANNING = "PLANNING", _("Planning")
        PARKED = "PARKED", _("Parkeerplaats")
        HELP = "HELP", _("Hulpvragen")
        CUSTOM = "CUSTOM", _("Eigen vak")

    id = models.UUIDField(primary_key=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="sections")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=60, blank=True)
    position = models.FloatField()
    is_hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "kind"], condition=~Q(kind="CUSTOM"), name="section_one_of_each_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class BoardReader(models.Model):
    """A coach from outside the school whom the team invited to read its board, and until when."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="readable_boards")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "person"],
                condition=Q(to_date=None),
                name="reader_once_per_board",
                violation_error_message=_("Deze coach mag al meelezen."),
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")), name="reader_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} leest {self.board_id}"
