"""What a school brings to the programme: its teams and the stage it is in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .register import ENDS_AFTER_START, Location, School


class Stage(models.TextChoices):
    """States of a school's road, in order; the last three leave it (method 12.2)."""

    PROSPECT = "PROSPECT", _("in beeld")
    INFORMED = "INFORMED", _("geïnformeerd")
    INTRODUCED = "INTRODUCED", _("kennisgemaakt")
    SUPPORT_MEETING = "SUPPORT_MEETING", _("draagvlakbijeenkomst")
    INTAKE = "INTAKE", _("intake")
    ACCEPTED = "ACCEPTED", _("toegelaten")
    PREPARING = "PREPARING", _("in voorbereiding")
    YEAR_1 = "YEAR_1", _("eerste jaar")
    YEAR_2 = "YEAR_2", _("tweede jaar")
    INDEPENDENT = "INDEPENDENT", _("zelfstandig")
    INSPIRATION = "INSPIRATION", _("inspiratieprogramma")
    CHANGE_COACH_LED = "CHANGE_COACH_LED", _("met een verandercoach")
    DECLINED = "DECLINED", _("afgezien")
    PAUSED = "PAUSED", _("gepauzeerd")
    STOPPED = "STOPPED", _("gestopt")


class Participation(models.Model):
    """In which stage a school was, and when. One open row at a time."""

    school = models.ForeignKey(School, models.PROTECT, related_name="participations")
    stage = models.CharField(max_length=16, choices=Stage.choices)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(to_date=None),
                name="participation_one_stage_now",
                violation_error_message=_("Een school is op één moment in één fase."),
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="participation_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.stage} ({self.from_date:%Y-%m-%d})"


class Team(models.Model):
    """Four to ten teachers who stand at one improvement board."""

    class Kind(models.TextChoices):
        UNIT = "UNIT", _("bouw")
        DEPARTMENT = "DEPARTMENT", _("sectie")
        YEAR = "YEAR", _("leerjaarteam")
        PROGRAMME = "PROGRAMME", _("opleidingsteam")

    school = models.ForeignKey(School, models.PROTECT, related_name="teams")
    location = models.ForeignKey(Location, models.PROTECT, null=True, blank=True, related_name="teams")
    name = models.CharField(_("naam"), max_length=80)
    kind = models.CharField(_("soort team"), max_length=10, choices=Kind.choices, default=Kind.UNIT)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                condition=Q(archived_at=None),
                name="team_name_once_in_school",
                violation_error_message=_("Deze school heeft al een team met deze naam."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
