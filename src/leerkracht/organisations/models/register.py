"""The national register: governing bodies, schools and their locations, with relations valid in time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ENDS_AFTER_START = _("De einddatum ligt vóór de begindatum.")


class Sector(models.TextChoices):
    PRIMARY = "PO", _("basisonderwijs")
    SECONDARY = "VO", _("voortgezet onderwijs")
    SPECIAL = "SO", _("speciaal onderwijs")
    VOCATIONAL = "MBO", _("middelbaar beroepsonderwijs")


class GoverningBody(models.Model):
    """Bestuur (bevoegd gezag). Never called a board: that word is taken."""

    number = models.CharField(_("nummer"), max_length=10, unique=True)
    name = models.CharField(_("naam"), max_length=160, blank=True)
    closed_date = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or self.number


class School(models.Model):
    """A school, known by its institution code (four characters); it has one location or more."""

    code = models.CharField(_("instellingscode"), max_length=10, unique=True)
    name = models.CharField(_("naam"), max_length=160)
    sector = models.CharField(_("sector"), max_length=3, choices=Sector.choices)
    closed_date = models.DateField(null=True, blank=True)
    # Names, places and codes of all locations, folded as a searcher types them (``kernel.register.folded``).
    search_text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["name"], name="school_name")]

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    """Vestiging: the key of the national register is its code (institution code and two digits)."""

    class HolidayRegion(models.TextChoices):
        NORTH = "NOORD", _("regio Noord")
        MIDDLE = "MIDDEN", _("regio Midden")
        SOUTH = "ZUID", _("regio Zuid")

    school = models.ForeignKey(School, models.PROTECT, related_name="locations")
    code = models.CharField(_("vestigingscode"), max_length=12, unique=True)
    name = models.CharField(_("naam"), max_length=160)
    street = models.CharField(max_length=120, blank=True)
    house_number = models.CharField(max_length=30, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    place = models.CharField(_("plaats"), max_length=80, blank=True)
    municipality = models.CharField(max_length=80, blank=True)
    province = models.CharField(_("provincie"), max_length=40, blank=True)
    denomination = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    website = models.CharField(max_length=200, blank=True)
    holiday_region = models.CharField(max_length=6, choices=HolidayRegion.choices, default=HolidayRegion.MIDDLE)
    closed_date = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["place"], name="location_place"),
            models.Index(fields=["name"], name="location_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolGovernance(models.Model):
    """Which governing body a school belonged to, and when."""

    school = models.ForeignKey(School, models.PROTECT, related_name="governances")
    governing_body = models.ForeignKey(GoverningBody, models.PROTECT, related_name="governances")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(to_date=None),
                name="school_one_governing_body_now",
                violation_error_message=_("Een school hoort op één moment bij één bestuur."),
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="governance_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} – {self.governing_body_id} ({self.from_date:%Y-%m-%d})"


class Identifier(models.Model):
    """A code of a body, school or location in one scheme, valid in time; codes outlive names and mergers."""

    class Scheme(models.TextChoices):
        BRIN = "BRIN", "BRIN"
        BRIN6 = "BRIN6", "BRIN6"
        GOVERNING_BODY = "BEVOEGD_GEZAG", "Bevoegd gezag"
        RIO_PROVIDER = "RIO_AANBIEDER", "RIO-aanbieder"
        RIO_LOCATION = "RIO_LOCATIE", "RIO-locatie"
        KVK = "KVK", "KvK"

    scheme = models.CharField(max_length=14, choices=Scheme.choices)
    value = models.CharField(max_length=40)
    governing_body = models.ForeignKey(GoverningBody, models.PROTECT, null=True, blank=True, related_name="identifiers")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="identifiers")
    location = models.ForeignKey(Location, models.PROTECT, null=True, blank=True, related_name="identifiers")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                condition=Q(to_date=None),
                name="identifier_once_at_a_time",
                violation_error_message=_("Deze code is al in gebruik."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(governing_body__isnull=False, school=None, location=None)
                    | Q(governing_body=None, school__isnull=False, location=None)
                    | Q(governing_body=None, school=None, location__isnull=False)
                ),
                name="identifier_of_exactly_one",
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="identifier_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class RegisterImport(models.Model):
    """One register file that was taken in: when, for which sector, and what it changed (counts of locations)."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    sector = models.CharField(max_length=3, choices=Sector.choices)
    rows = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()
    moved = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.kind} {self.sector} ({self.at:%Y-%m-%d})"
