"""The kinds of sheet that are taken in, and what their columns are called in practice."""

from __future__ import annotations

from dataclasses import dataclass

from leerkracht.core.rules import gettext_noop as _

STAGES, CONTACTS, COACHES, HISTORY = "STAGES", "CONTACTS", "COACHES", "HISTORY"


@dataclass(frozen=True)
class Column:
    """Something a sheet can say; ``words`` (folded) are heads under which it is found."""

    key: str
    label: str
    words: frozenset[str]


@dataclass(frozen=True)
class Kind:
    """A kind of sheet; each group of ``needs`` asks for at least one of its columns."""

    key: str
    label: str
    lead: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def _column(key: str, label: str, words: str) -> Column:
    return Column(key, label, frozenset(words.split("|")))


_SCHOOL = (
    _column(
        "location_code",
        _("Vestigingscode"),
        (
            "vestigingscode|vestiging|vestigingsnummer|vestigingsnr|brin6|brin 6|"
            "brin vest|brin nummer vestiging|brin vestiging|vest|locatiecode"
        ),
    ),
    _column(
        "school_code",
        _("Instellingscode"),
        (
            "instellingscode|instelling|brin|brincode|brinnummer|brin code|"
            "brin nummer|brin4|brin 4|brinnr|brin nr|schoolcode|code"
        ),
    ),
    _column(
        "school_name", _("Naam van de school"), ("school|schoolnaam|naam school|naam van de school|scholen|school naam")
    ),
    _column("place", _("Plaats"), "plaats|plaatsnaam|woonplaats|vestigingsplaats|stad"),
    _column(
        "body_number",
        _("Nummer van het bestuur"),
        (
            "bestuursnummer|bestuursnr|bestuur nr|bestuur nummer|bevoegd gezag|"
            "bevoegd gezag nummer|bevoegd gezagnummer|bg nummer|bgnummer|bg nr|"
            "nummer bestuur|nummer van het bestuur"
        ),
    ),
)
# Where only schools stand, a head ‘naam’ means the school; beside contacts and coaches it means them.
_SCHOOL_ALONE = tuple(
    Column(column.key, column.label, column.words | {"naam"}) if column.key == "school_name" else column
    for column in _SCHOOL
)
_BODY_NAME = _column(
    "body_name",
    _("Naam van het bestuur"),
    ("bestuur|bestuursnaam|naam bestuur|naam van het bestuur|schoolbestuur|stichting"),
)
_STAGE = _column("stage", _("Fase"), "fase|status|stadium|traject|trajectfase|huidige fase|stap")
_FROM = _column(
    "from_date",
    _("Begindatum"),
    (
        "startdatum|begindatum|start|begin|van|vanaf|sinds|datum|ingangsdatum|"
        "start datum|datum start|begin datum|per|startmoment|startjaar"
    ),
)
_TO = _column(
    "to_date", _("Einddatum"), ("einddatum|eind|einde|tot|tot en met|t m|eind datum|datum einde|datum eind|stopdatum")
)
_REASON = _column(
    "reason", _("Reden"), ("reden|toelichting|opmerking|opmerkingen|waarom|reden van stoppen|bijzonderheden")
)
_FIND_SCHOOL = ("location_code", "school_code", "school_name")

KINDS: dict[str, Kind] = {
    STAGES: Kind(
        STAGES,
        _("Scholen met hun fase"),
        _("Een rij per school: in welke fase ze nu is, en sinds wanneer."),
        (*_SCHOOL_ALONE, _STAGE, _FROM, _REASON),
        (_FIND_SCHOOL, ("stage",), ("from_date",)),
    ),
    HISTORY: Kind(
        HISTORY,
        _("Verloop per school"),
        _("Meer rijen per school: welke fase van wanneer tot wanneer was, en waarom ze stopte."),
        (*_SCHOOL_ALONE, _STAGE, _FROM, _TO, _REASON),
        (_FIND_SCHOOL, ("stage",), ("from_date",)),
    ),
    CONTACTS: Kind(
        CONTACTS,
        _("Contacten"),
        _("Een rij per contact: wie je belt of mailt bij een school of bestuur."),
        (
            *_SCHOOL,
            _BODY_NAME,
            _column(
                "name",
                _("Naam van het contact"),
                (
                    "contact|contactpersoon|naam|naam contact|naam contactpersoon|"
                    "contactnaam|volledige naam|naam van het contact"
                ),
            ),
            _column("function", _("Functie"), "functie|rol|functie contact|functie contactpersoon|titel"),
            _column("email", _("E-mailadres"), ("e mail|email|e mailadres|emailadres|mail|mailadres|e mail adres")),
            _column("phone", _("Telefoon"), "telefoon|telefoonnummer|tel|telnr|mobiel|telefoonnr|gsm"),
            _column("remark", _("Opmerking"), ("opmerking|opmerkingen|notitie|notities|toelichting|bijzonderheden")),
        ),
        ((*_FIND_SCHOOL, "body_number", "body_name"), ("name",)),
    ),
    COACHES: Kind(
        COACHES,
        _("Coaches en hun scholen"),
        _("Een rij per coach en school: vanaf wanneer, en tot wanneer. Samen is dat de portefeuille van de coach."),
        (
            _column(
                "coach",
                _("Naam van de coach"),
                ("coach|naam|naam coach|coachnaam|expertcoach|naam van de coach|verandercoach|begeleider"),
            ),
            _column(
                "email",
                _("E-mailadres"),
                ("e mail|email|e mailadres|emailadres|mail|mailadres|e mail coach|email coach|mailadres coach"),
            ),
            _column("coach_kind", _("Soort coach"), "soort|soort coach|rol|type|type coach|functie"),
            *_SCHOOL,
            _BODY_NAME,
            _column("region", _("Regio"), "regio|regio stichting|werkgebied|regioteam"),
            _FROM,
            _TO,
        ),
        ((*_FIND_SCHOOL, "body_number", "body_name", "region"), ("email",), ("from_date",)),
    ),
}
