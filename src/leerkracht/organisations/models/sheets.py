"""Lists of the foundation that were taken in: what was read, what it changed, and how columns were understood."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SheetImport(models.Model):
    """One sheet of a file: first a draft that somebody looks through, then taken in, and possibly taken back."""

    class Kind(models.TextChoices):
        STAGES = "STAGES", _("Scholen met hun fase")
        HISTORY = "HISTORY", _("Verloop per school")
        CONTACTS = "CONTACTS", _("Contacten")
        COACHES = "COACHES", _("Coaches en hun scholen")

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("klaargezet")
        APPLIED = "APPLIED", _("ingelezen")
        UNDONE = "UNDONE", _("teruggedraaid")

    batch = models.UUIDField()  # the sheets of one file share it
    file_name = models.CharField(_("bestand"), max_length=160)
    sheet_name = models.CharField(_("blad"), max_length=80, blank=True)
    kind = models.CharField(_("soort"), max_length=8, choices=Kind.choices)
    # Position of the head among the rows, and by position of a column what it says.
    head = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    is_understood = models.BooleanField(default=False)  # somebody has confirmed the columns
    state = models.CharField(_("stand"), max_length=7, choices=State.choices, default=State.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sheet_imports")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="DRAFT", applied_at=None, undone_at=None)
                | Q(state="APPLIED", applied_at__isnull=False, undone_at=None)
                | Q(state="UNDONE", applied_at__isnull=False, undone_at__isnull=False),
                name="sheet_import_state_and_moments",
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], name="sheet_import_latest")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.sheet_name})" if self.sheet_name else self.file_name


class SheetRows(models.Model):
    """The cells as they were sent, and why rows were refused; gone when the import can no longer be taken back."""

    sheet = models.OneToOneField(SheetImport, models.CASCADE, related_name="raw")
    rows = models.JSONField()  # [[line, [cell, …]], …]
    refused = models.JSONField(default=list)  # [[line, message, values], …]

    def __str__(self) -> str:
        return f"rows of {self.sheet_id}"


class SheetChange(models.Model):
    """A row of a table before and after an import, so that it can be taken back; gone when that is over."""

    sheet = models.ForeignKey(SheetImport, models.CASCADE, related_name="changes")
    line = models.PositiveIntegerField()
    table = models.CharField(max_length=16)
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True)  # nothing for a row that the import made
    after = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "table", "row_id"], name="sheet_change_once_per_row"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"


class ColumnMemory(models.Model):
    """How the foundation's own heads and words were understood the last time, per kind of sheet."""

    kind = models.CharField(max_length=8, choices=SheetImport.Kind.choices, unique=True)
    heads = models.JSONField(default=dict)  # folded head: what it says
    words = models.JSONField(default=dict)  # folded word: stage

    def __str__(self) -> str:
        return self.kind
