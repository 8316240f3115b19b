"""Who comes in without signing in: a wall screen, and a phone for the length of a session."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .boards import Board
from .sessions import BoardSession


class BoardDevice(models.Model):
    """A wall screen with a token of its own: this one board, until somebody of the team revokes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    board = models.ForeignKey(Board, models.PROTECT, related_name="devices")
    name = models.CharField(_("naam van het scherm"), max_length=60)
    token_digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class SessionGuest(models.Model):
    """A phone that the wall's QR let in for ninety minutes, as a team member that it says it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(BoardSession, models.PROTECT, related_name="guests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    admitted_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("admitted_at")), name="guest_leaves_later"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} te gast in {self.session_id}"
