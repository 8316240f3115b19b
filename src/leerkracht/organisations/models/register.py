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
    # Name and number, folded as a searcher types them (``services.school_facts``).
    search_text = models.TextField(blank=True)

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
    # Taken from the locations by ``services.school_facts``: what they were called before, folded too, and their pupils
    # in the latest year that is known (none when that number is withheld).
    former_text = models.TextField(blank=True)
    pupils = models.PositiveIntegerField(_("leerlingen"), null=True, blank=True)
    pupils_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["name"], name="school_name")]

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A word that some school can be found by: what somebody mistypes is held against these."""

    word = models.CharField(max_length=80, unique=True)
    length = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.word


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
    # What the geocoded lists add: the kind of school as published, and WGS84 degrees, both or neither.
    kind = models.CharField(_("soort"), max_length=60, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    closed_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=50, latitude__lte=54, longitude__gte=3, longitude__lte=8),
                name="location_lies_in_the_country",
                violation_error_message=_("Dit punt ligt niet in Nederland."),
            ),
        ]
        indexes = [
            models.Index(fields=["place"], name="location_place"),
            models.Index(fields=["name"], name="location_name"),
        ]

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """What a location was called before, and up to when: people keep looking for the old name."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=160)
    until_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["location", "name", "until_date"], name="former_name_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class PupilCount(models.Model):
    """Pupils of a location on 1 October of a year, as published; below five the number is withheld (``is_few``)."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="pupil_counts")
    year = models.PositiveSmallIntegerField()
    pupils = models.PositiveIntegerField(null=True, blank=True)
    is_few = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["location", "year"], name="pupil_count_once_a_year"),
            models.CheckConstraint(
                condition=Q(is_few=True, pupils=None) | Q(is_few=False, pupils__isnull=False),
                name="pupil_count_known_or_few",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location_id} {self.year}: {'<5' if self.is_few else self.pupils}"


class PostcodeArea(models.Model):
    """The middle of a four-digit postcode area: where a location without coordinates of its own stands on the map."""

    code = models.CharField(max_length=4, unique=True)
    place = models.CharField(max_length=80)
    latitude = models.FloatField()
    longitude = models.FloatField()

    def __str__(self) -> str:
        return self.code


class Region(models.Model):
    """One of the foundation's regions; which provinces belong to it is the foundation's own choice."""

    name = models.CharField(_("naam"), max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name


class Province(models.Model):
    """A province as the register writes it, and the region of the foundation that it belongs to."""

    name = models.CharField(_("provincie"), max_length=40, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="provinces")

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
    """One register file that was taken in: when, its kind, for a list of locations its sector, and what it changed."""

    at = models.DateTimeField()
    KINDS = {
        "locations": _("schoolvestigingen"),
        "coordinates": _("scholen met coördinaten"),
        "pupils": _("aantallen leerlingen"),
        "bodies": _("namen van besturen"),
        "institutions": _("mbo-instellingen"),
        "postcodes": _("postcodes"),
    }

    kind = models.CharField(max_length=20)
    sector = models.CharField(max_length=3, choices=Sector.choices, blank=True)
    rows = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()
    moved = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.kind} {self.sector} ({self.at:%Y-%m-%d})"

    @property
    def said(self) -> str:
        """The kind of file in words."""
        return str(self.KINDS.get(self.kind, self.kind))
