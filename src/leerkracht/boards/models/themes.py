"""What a school works on: at most two themes in a school year, adopted by its teams."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leerkracht.organisations.models import School, Team


class Theme(models.Model):
    """Onderwijsthema of a school, for a part of one school year (named by its first calendar year)."""

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("gepland")
        ACTIVE = "ACTIVE", _("loopt")
        CLOSED = "CLOSED", _("afgesloten")
        DROPPED = "DROPPED", _("vervallen")

    school = models.ForeignKey(School, models.PROTECT, related_name="themes")
    school_year = models.PositiveSmallIntegerField()
    title = models.CharField(_("thema"), max_length=80)
    ambition = models.CharField(_("waar het naartoe gaat"), max_length=300, blank=True)
    from_date = models.DateField()
    to_date = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    exception_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__gt=F("from_date")),
                name="theme_ends_after_start",
                violation_error_message=_("De einddatum van een thema ligt na de begindatum."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ThemeAdoption(models.Model):
    """A team that works on a theme of its school."""

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="adoptions")
    team = models.ForeignKey(Team, models.PROTECT, related_name="adopted_themes")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "team"],
                condition=Q(to_date=None),
                name="adoption_once_per_team",
                violation_error_message=_("Dit team werkt al aan dit thema."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} – {self.theme_id}"
