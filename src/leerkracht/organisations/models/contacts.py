"""Whom the foundation knows at a school or governing body; a contact does not sign in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .register import GoverningBody, School


class Contact(models.Model):
    """Contactpersoon: a name to call at one school or one governing body."""

    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="contacts")
    governing_body = models.ForeignKey(GoverningBody, models.PROTECT, null=True, blank=True, related_name="contacts")
    name = models.CharField(_("naam"), max_length=120)
    function = models.CharField(_("functie"), max_length=80, blank=True)
    email = models.EmailField(_("e-mailadres"), max_length=254, blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    remark = models.CharField(_("opmerking"), max_length=500, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, governing_body=None) | Q(school=None, governing_body__isnull=False),
                name="contact_at_school_or_body",
                violation_error_message=_("Een contactpersoon hoort bij één school of één bestuur."),
            ),
            models.CheckConstraint(
                condition=Q(name__gt=""), name="contact_has_a_name", violation_error_message=_("Vul een naam in.")
            ),
        ]
        indexes = [models.Index(fields=["name"], name="contact_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> School | GoverningBody:
        place = self.school or self.governing_body
        if place is None:
            raise ValueError("a contact stands at a school or a governing body")
        return place
