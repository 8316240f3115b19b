"""A staff roster that was taken in, with the way back."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from .register import GoverningBody, School


class RosterImport(models.Model):
    """Who took a roster in, for which school or body, and counts of what came of it; no name stands here."""

    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    governing_body = models.ForeignKey(GoverningBody, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    pupils = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    moved = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(school__isnull=False, governing_body=None)
                | models.Q(school=None, governing_body__isnull=False),
                name="roster_of_school_or_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.school_id or self.governing_body_id}"
