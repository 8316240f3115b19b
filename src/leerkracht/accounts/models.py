"""People who sign in, and the trail of what was done. Pupils never stand here."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> Person:
        """Make a person; allauth and ``init`` come through here. Nobody has a password (code or passkey instead)."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_unusable_password()
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in; what they may do follows from roles (``organisations``), never from a field here."""

    class Language(models.TextChoices):
        DUTCH = "nl", "Nederlands"
        ENGLISH = "en", "English"

    email = models.EmailField(_("e-mailadres"), max_length=254)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    language = models.CharField(_("taal"), max_length=2, choices=Language.choices, default=Language.DUTCH)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    # Two persons who were one: this one is kept for the log and the trail, and goes by the other's name.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="person_email_once",
                violation_error_message=_("Dit e-mailadres is al bekend."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email.split("@")[0]

    @property
    def initials(self) -> str:
        """Two letters for the small round mark on a card."""
        words = [w for w in (self.name or self.email).replace("-", " ").split() if w[0].isalpha()]
        letters = (words[0][0] + words[-1][0]) if len(words) > 1 else (words[0][:2] if words else "?")
        return letters.upper()


class PersonMerge(models.Model):
    """That two persons were one: who stays, and what moved (``core.registry.journal``), to take it back by."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    moved = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="merged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class Seal(models.Model):
    """That a batch of rows of one log stood so at a moment; each seal covers the one before (``core.kernel.chain``)."""

    number = models.PositiveBigIntegerField(primary_key=True)
    stream = models.CharField(max_length=20)
    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    root = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"#{self.number} {self.stream}"


class PurgeLine(models.Model):
    """That a rule of the nightly purge was carried out: what was older than ``before`` went, so many rows."""

    day = models.DateField()
    rule = models.CharField(max_length=40)
    at = models.DateTimeField()
    before = models.DateTimeField()
    removed = models.PositiveIntegerField()
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "rule"], name="purge_once_a_day")]
        indexes = [models.Index(fields=["-at"], name="purge_latest")]

    def __str__(self) -> str:
        return f"{self.day} {self.rule}: {self.removed}"


class AuditEntry(models.Model):
    """One thing that was done: who, what, where. Holds ids, never names, answers or texts.

    ``digest`` covers salt and content; once sealed, content can be forgotten but not changed.
    """

    class ActorKind(models.TextChoices):
        PERSON = "PERSON", _("persoon")
        DEVICE = "DEVICE", _("bord")
        GUEST = "GUEST", _("gast")
        SYSTEM = "SYSTEM", _("systeem")

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8, choices=ActorKind.choices)
    actor_id = models.CharField(max_length=36, blank=True)
    act = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=60)
    target_id = models.CharField(max_length=36)
    school_id = models.BigIntegerField(null=True, blank=True)
    governing_body_id = models.BigIntegerField(null=True, blank=True)
    salt = models.BinaryField(max_length=16, default=b"")
    digest = models.BinaryField(max_length=32, default=b"")
    seal = models.ForeignKey(Seal, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["seal", "id"], condition=Q(seal__isnull=False), name="audit_by_seal"),
            models.Index(fields=["id"], condition=Q(seal=None), name="audit_unsealed"),
            models.Index(fields=["actor_kind", "actor_id", "-at"], name="audit_by_actor"),
            models.Index(fields=["school_id", "-at"], name="audit_by_school"),
            models.Index(fields=["governing_body_id", "-at"], name="audit_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.target_kind} {self.target_id}"
