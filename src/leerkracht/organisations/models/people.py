"""Who does what where: memberships, roles and invitations, each valid in time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .register import ENDS_AFTER_START, GoverningBody, Region, School
from .schools import Team


class Role(models.TextChoices):
    """Hats; ``rules.PLACE_OF_ROLE`` says at which kind of place each is worn."""

    TEACHER = "TEACHER", _("leraar")
    SCHOOL_COACH = "SCHOOL_COACH", _("schoolcoach")
    SCHOOL_LEADER = "SCHOOL_LEADER", _("schoolleider")
    EXPERT_COACH = "EXPERT_COACH", _("expertcoach")
    CHANGE_COACH = "CHANGE_COACH", _("verandercoach")
    GOVERNING_BODY_LEAD = "GOVERNING_BODY_LEAD", _("bestuurder")
    CENTRAL_TEAM = "CENTRAL_TEAM", _("centraal team")
    ADMINISTRATOR = "ADMINISTRATOR", _("beheerder")
    RESEARCHER = "RESEARCHER", _("onderzoeker")
    FUND = "FUND", _("fonds")
    EDITOR = "EDITOR", _("redacteur")
    READER = "READER", _("lezer")


class TeamMembership(models.Model):
    """A teacher in a team, with the days they work: the rota asks only who is in.

    ``to_date`` is the first day that no longer counts, here and in all periods: who leaves today is out today.
    """

    EVERY_DAY = 0b11111

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    # Bit 0 is Monday, bit 4 Friday: one number that both databases and JavaScript read the same way.
    work_days = models.PositiveSmallIntegerField(_("werkdagen"), default=EVERY_DAY)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(to_date=None),
                name="membership_once_per_team",
                violation_error_message=_("Deze collega zit al in het team."),
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="membership_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
            models.CheckConstraint(
                condition=Q(work_days__gte=1, work_days__lte=0b11111),
                name="membership_works_some_day",
                violation_error_message=_("Kies ten minste één werkdag."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.team_id}"


class RoleAssignment(models.Model):
    """A role, held at one place, from one date to another. Teachers hold theirs by ``TeamMembership``."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="roles")
    role = models.CharField(_("rol"), max_length=20, choices=Role.choices)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="roles")
    governing_body = models.ForeignKey(GoverningBody, models.PROTECT, null=True, blank=True, related_name="roles")
    # An expert coach's region of the foundation: it gives the contacts there, never boards or the set-up of a school.
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="roles")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["person", "role", *places],
                    condition=Q(to_date=None) & where,
                    name=f"role_once_{name}",
                    violation_error_message=_("Deze collega heeft deze rol hier al."),
                )
                for name, places, where in (
                    ("at_school", ["school"], Q(school__isnull=False)),
                    ("at_governing_body", ["governing_body"], Q(governing_body__isnull=False)),
                    ("at_region", ["region"], Q(region__isnull=False)),
                    ("everywhere", [], Q(school=None, governing_body=None, region=None)),
                )
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=["SCHOOL_COACH", "SCHOOL_LEADER", "EXPERT_COACH", "CHANGE_COACH"],
                    school__isnull=False,
                    governing_body=None,
                    region=None,
                )
                | Q(
                    role__in=["CHANGE_COACH", "GOVERNING_BODY_LEAD"],
                    governing_body__isnull=False,
                    school=None,
                    region=None,
                )
                | Q(role="EXPERT_COACH", region__isnull=False, school=None, governing_body=None)
                | Q(
                    role__in=["CENTRAL_TEAM", "ADMINISTRATOR", "RESEARCHER", "FUND", "EDITOR", "READER"],
                    school=None,
                    governing_body=None,
                    region=None,
                ),
                name="role_at_its_own_kind_of_place",
                violation_error_message=_("Deze rol hoort bij een ander soort plek."),
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="role_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
        ]
        indexes = [models.Index(fields=["person", "to_date"], name="role_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Invitation(models.Model):
    """An open door to one role or team: by mail (one person) or as a QR on the wall (a team, counted)."""

    role = models.CharField(max_length=20, choices=Role.choices)
    email = models.EmailField(_("e-mailadres"), blank=True)
    name = models.CharField(_("naam"), max_length=120, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="invitations")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="invitations")
    governing_body = models.ForeignKey(GoverningBody, models.PROTECT, null=True, blank=True, related_name="invitations")
    # The token itself is never kept: it follows from the seed and the installation's key, so a QR can be shown again.
    seed = models.CharField(max_length=32)
    token_digest = models.CharField(max_length=64, unique=True)
    places = models.PositiveSmallIntegerField(default=1)
    used = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_made")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role="TEACHER", team__isnull=False, school=None, governing_body=None)
                | (~Q(role="TEACHER") & Q(team=None) & Q(email__gt="")),
                name="invitation_to_a_team_or_by_mail",
            ),
            models.CheckConstraint(condition=Q(email="") | Q(places=1), name="invitation_by_mail_is_for_one"),
            models.CheckConstraint(condition=Q(used__lte=F("places")), name="invitation_no_more_than_places"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.email or 'QR'}"
