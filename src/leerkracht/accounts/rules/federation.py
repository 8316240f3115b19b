"""When somebody who comes from another organisation's sign-in page is who they say: every check on what it sends.

Source: OpenID Connect Core 1.0, sections 2 and 3.1.3.7; RFC 9700 for what is asked of the flow around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

# Signed with a key whose public half is published; never ``none``, never a shared secret that a mix-up could reuse.
ALGORITHMS = ("RS256", "PS256", "ES256")
SLACK_SECONDS = 60  # clocks differ
OLDEST_SECONDS = 10 * 60  # a proof is fetched seconds after it was made
LONGEST_SUBJECT = 191
STAFF = frozenset({"employee", "staff", "faculty"})
PUPILS = frozenset({"student", "pupil", "learner"})
_BRIN = re.compile(r"[0-9A-Z]{4}(?:[0-9]{2})?")
_TENANT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad"  # Microsoft's own, for accounts that no school gave out
ANY_TENANT = "{tenantid}"


@dataclass(frozen=True)
class Federation:
    """One organisation whose sign-in page we trust to say who somebody is; set by who installs the product."""

    slug: str
    issuer: str
    client_id: str
    secret: str

    @property
    def name(self) -> str:
        return NAMES[self.slug]

    @property
    def tells_role(self) -> bool:
        """Whether it always says if somebody is staff or pupil."""
        return self.slug in ("entree", "surfconext")

    @property
    def tells_school(self) -> bool:
        """Whether it always says which school somebody comes from."""
        return self.slug == "entree"

    @property
    def has_more(self) -> bool:
        """Whether role and school stand in a second answer (userinfo), not in the proof itself."""
        return self.tells_role

    def takes_issuer(self, found: str) -> bool:
        """Whether what is published there fits: exactly, or for Microsoft with a blank for each school's own tenant."""
        return found in (self.issuer, self.issuer.replace("/organizations/", f"/{ANY_TENANT}/"))


NAMES = {"entree": "Entree Federatie", "surfconext": "SURFconext", "microsoft": "Microsoft"}


@dataclass(frozen=True)
class Arrival:
    """Who came back from which organisation: all that is taken over. No name, no mail address."""

    slug: str
    issuer: str
    subject: str
    brin: str = ""


class FederationRefused(Refusal):
    """``code`` is a key of ``WORDS``; a proof that is wrong in any way says the same to the reader, and the code."""

    def __init__(self, code: str) -> None:
        super().__init__(code, WORDS.get(code, _WRONG_PROOF))

    @property
    def is_fault(self) -> bool:
        """Whether it is not about who comes but about what the organisation sent."""
        return self.code not in WORDS


_WRONG_PROOF = _(
    "Het bewijs dat we kregen klopt niet. Je bent niet ingelogd. "
    "Probeer het nog eens; lukt het weer niet, geef dan het woord hieronder door aan de helpdesk."
)
WORDS = {
    "cancelled": _("Je bent teruggekomen zonder in te loggen. Er is niets gebeurd."),
    "unreachable": _("De inlogpagina van je school antwoordt nu niet. Probeer het over een paar minuten opnieuw."),
    "replayed": _("Deze terugweg is al gebruikt of ouder dan tien minuten. Begin opnieuw bij inloggen."),
    "student": _(
        "Dit schoolaccount is van een leerling of student. Leerlingen hebben hier geen account en hoeven nooit in te "
        "loggen. Werk je op deze school? Log dan in met een code in je mail."
    ),
    "not_staff": _(
        "Je school zegt niet dat dit een account van een medewerker is. Log in met een code in je mail, "
        "en vraag je ict-coördinator om je rol als medewerker door te geven."
    ),
    "brin_missing": _(
        "Je school geeft niet door van welke school je bent (het BRIN-nummer). Log in met een code in je mail, "
        "en vraag je ict-coördinator om het BRIN-nummer vrij te geven voor leerkracht."
    ),
    "other_school": _(
        "Dit schoolaccount hoort bij een school waar je in leerkracht niet werkt. Kies het account van je eigen "
        "school, of log in met een code in je mail. Werk je daar wel? Vraag de schoolcoach om een uitnodiging."
    ),
    "unknown_account": _(
        "We kennen dit schoolaccount nog niet. Heb je een uitnodiging? Open de link in die mail, en kies daar je "
        "schoolaccount. Doe je al mee? Log in met een code in je mail, en koppel je schoolaccount op je profiel."
    ),
    "duplicate_subject": _(
        "Dit schoolaccount is al van iemand anders in leerkracht. Is dat ook een account van jou? "
        "Vraag het centrale team om de twee samen te voegen."
    ),
    "inactive": _("Met dit account kun je niet meer inloggen. Vraag je schoolcoach hoe dat zit."),
}


def check_algorithm(header: Mapping[str, Any]) -> str:
    """Return how a proof says it is signed, when we accept that."""
    found = header.get("alg")
    if found not in ALGORITHMS:
        raise FederationRefused("algorithm")
    return str(found)


def check_proof(
    claims: Mapping[str, Any], federation: Federation, *, published: str, nonce: str, now: float
) -> Arrival:
    """Hold a proof whose signature is right against what we asked for.

    Parameters
    ----------
    claims : the content of the ID token
    published : the issuer that the organisation publishes about itself, possibly with a blank for the tenant
    nonce : what we sent along; a proof that was made for another moment has another one
    now : seconds since 1970

    Raises
    ------
    FederationRefused : ``issuer``, ``audience``, ``azp``, ``nonce``, ``expired``, ``too_old``, ``malformed``
    """
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not isinstance(issuer, str) or issuer != _expected_issuer(published, claims):
        raise FederationRefused("issuer")
    audience = claims.get("aud")
    meant = [audience] if isinstance(audience, str) else audience
    if not isinstance(meant, list) or federation.client_id not in meant:
        raise FederationRefused("audience")
    if claims.get("azp", federation.client_id if len(meant) == 1 else None) != federation.client_id:
        raise FederationRefused("azp")
    if claims.get("nonce") != nonce:
        raise FederationRefused("nonce")
    _check_moments(claims, now)
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise FederationRefused("malformed")
    return Arrival(federation.slug, issuer, subject)


def check_person(arrival: Arrival, told: Mapping[str, Any], federation: Federation) -> Arrival:
    """Hold role and school against who may come in; ``told`` is the proof and what userinfo adds.

    A pupil is refused whatever else somebody may be. Six characters are a location: the first four are its school.

    Raises
    ------
    FederationRefused : ``student``, ``not_staff``, ``brin_missing``
    """
    values = {_plain(name): value for name, value in told.items()}
    roles = {role.partition("@")[0].strip().lower() for role in _texts(values.get("edupersonaffiliation"))}
    roles |= {role.partition("@")[0].strip().lower() for role in _texts(values.get("edupersonscopedaffiliation"))}
    if roles & PUPILS:
        raise FederationRefused("student")
    if federation.tells_role and not roles & STAFF:
        raise FederationRefused("not_staff")
    brins = [text.strip().upper() for text in _texts(values.get("nledupersonhomeorganizationid"))]
    brin = next((text for text in brins if _BRIN.fullmatch(text)), "")
    if federation.tells_school and not brin:
        raise FederationRefused("brin_missing")
    return Arrival(arrival.slug, arrival.issuer, arrival.subject, brin)


def check_place(arrival: Arrival, works_at: Callable[[str], bool]) -> None:
    """Refuse a school where somebody does not work; no right ever follows from a BRIN."""
    if arrival.brin and not works_at(school_code(arrival.brin)):
        raise FederationRefused("other_school")


def school_code(brin: str) -> str:
    """The institution's four characters, also of a location's six."""
    return brin[:4]


def _expected_issuer(published: str, claims: Mapping[str, Any]) -> str:
    if ANY_TENANT not in published:
        return published
    tenant = claims.get("tid")
    if not isinstance(tenant, str) or not _TENANT.fullmatch(tenant) or tenant == _PERSONAL_TENANT:
        raise FederationRefused("issuer")
    return published.replace(ANY_TENANT, tenant)


def _check_moments(claims: Mapping[str, Any], now: float) -> None:
    moments = [claims.get("exp"), claims.get("iat"), claims.get("nbf", claims.get("iat"))]
    if not all(isinstance(moment, int | float) and not isinstance(moment, bool) for moment in moments):
        raise FederationRefused("malformed")
    ends, made, begins = (float(moment) for moment in moments)
    if ends + SLACK_SECONDS <= now:
        raise FederationRefused("expired")
    if made + OLDEST_SECONDS < now or max(made, begins) - SLACK_SECONDS > now:
        raise FederationRefused("too_old")


def _plain(name: str) -> str:
    """Organisations write the same claim as ``eduPersonAffiliation`` and as ``eduperson_affiliation``."""
    return name.lower().replace("_", "")


def _texts(value: Any) -> list[str]:
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
