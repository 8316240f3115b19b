"""Read the files of OneRoster 1.2 (and 1.1, where a user's role stands with the user)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

FILES = frozenset({"manifest.csv", "orgs.csv", "users.csv", "roles.csv", "classes.csv", "enrollments.csv"})
TEACHING = frozenset({"teacher", "aide"})
STAFF = TEACHING | {
    "administrator",
    "counselor",
    "districtadministrator",
    "principal",
    "proctor",
    "siteadministrator",
    "systemadministrator",
}
PUPILS_AND_FAMILY = frozenset({"student", "guardian", "parent", "relative"})
LONGEST_NAME = 120

Row = dict[str, str]


class RosterRefused(Refusal):
    """The files as a whole cannot be taken in; nothing was."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was left out: which, and why; never what stood in it."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True)
class Org:
    id: str
    name: str
    code: str


@dataclass(frozen=True)
class Staff:
    """Somebody who works at the school; ``classes`` are ids of groups that they teach."""

    id: str
    name: str
    email: str
    role: str
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Class:
    id: str
    title: str


@dataclass
class Roster:
    """What a roster says of staff. ``pupils`` and ``enrolments`` are counts of rows that were dropped."""

    staff: list[Staff] = field(default_factory=list)
    classes: list[Class] = field(default_factory=list)
    pupils: int = 0
    enrolments: int = 0
    inactive: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


def read_roster(files: Mapping[str, bytes], codes: AbstractSet[str]) -> Roster:
    """Read ``files``; ``codes`` are the school, location and body codes within which a row must lie.

    Raises
    ------
    RosterRefused : a file is missing or unreadable, is a change list, or holds pupils alone
    """
    tables = _tables(files)
    found = Roster()
    orgs = {org.id for org in _orgs(tables, codes, found)}
    roles = _roles(tables, found)
    staff = list(_staff(tables, roles, orgs, found))
    if not staff and found.pupils:
        raise RosterRefused("only_pupils", ONLY_PUPILS)
    known = {person.id for person in staff}
    found.classes = [Class(row["sourcedid"], row.get("title", "")[:80]) for _n, row in _live(tables, "classes.csv")]
    teaching = _teaching(tables, known, {c.id for c in found.classes}, found)
    found.staff = [Staff(p.id, p.name, p.email, p.role, tuple(sorted(teaching.get(p.id, ())))) for p in staff]
    used = {key for person in found.staff for key in person.classes}
    found.classes = sorted((c for c in found.classes if c.id in used), key=lambda c: (c.title.casefold(), c.id))
    return found


def _tables(files: Mapping[str, bytes]) -> dict[str, list[tuple[int, Row]]]:
    manifest = {row.get("propertyname", ""): row.get("value", "").lower() for _n, row in _rows(files, "manifest.csv")}
    tables = {}
    for name in FILES - {"manifest.csv"}:
        said = manifest.get(f"file.{name.removesuffix('.csv')}", "bulk")
        if said == "delta":
            raise RosterRefused("delta", DELTA)
        if said != "absent":
            tables[name] = list(_rows(files, name))
    for name in ("orgs.csv", "users.csv"):
        if not tables.get(name):
            raise RosterRefused("missing", MISSING, file=name)
    return tables


def _rows(files: Mapping[str, bytes], name: str) -> Iterator[tuple[int, Row]]:
    """Rows with their line, by lower-case column; a row that is too short has empty cells."""
    if name not in files:
        return
    try:
        lines = csv.reader(io.StringIO(files[name].decode("utf-8-sig"), newline=""), strict=True)
        head = [cell.strip().lower() for cell in next(lines, [])]
        for cells in lines:
            if any(cell.strip() for cell in cells):
                values = [cell.strip() for cell in cells] + [""] * len(head)
                yield lines.line_num, dict(zip(head, values, strict=False))
    except (UnicodeDecodeError, csv.Error) as error:
        raise RosterRefused("unreadable", UNREADABLE, file=name) from error
    if name != "manifest.csv" and head and "sourcedid" not in head:
        raise RosterRefused("no_roster", NO_ROSTER, file=name)


def _live(tables: Mapping[str, list[tuple[int, Row]]], name: str) -> Iterator[tuple[int, Row]]:
    for number, row in tables.get(name, ()):
        if row.get("status", "").lower() != "tobedeleted" and row.get("sourcedid"):
            yield number, row


def _orgs(tables: Mapping[str, list[tuple[int, Row]]], codes: AbstractSet[str], found: Roster) -> Iterator[Org]:
    for number, row in _live(tables, "orgs.csv"):
        code = row.get("identifier", "").upper().replace(" ", "")
        if code in codes:
            yield Org(row["sourcedid"], row.get("name", ""), code)
        else:
            found.refused.append(RefusedRow("orgs.csv", number, OUTSIDE))


def _roles(tables: Mapping[str, list[tuple[int, Row]]], found: Roster) -> dict[str, set[tuple[str, str]]]:
    """Per user the roles and where: from roles.csv (1.2), or from the user's own row (1.1)."""
    roles: dict[str, set[tuple[str, str]]] = {}
    for _number, row in _live(tables, "roles.csv"):
        roles.setdefault(row.get("usersourcedid", ""), set()).add(
            (row.get("role", "").lower(), row.get("orgsourcedid", ""))
        )
    for _number, row in _live(tables, "users.csv"):
        if row.get("role"):
            places = row.get("orgsourcedids", "") or row.get("primaryorgsourcedid", "")
            for place in places.split(","):
                roles.setdefault(row["sourcedid"], set()).add((row["role"].lower(), place.strip()))
    return roles


def _staff(
    tables: Mapping[str, list[tuple[int, Row]]],
    roles: Mapping[str, set[tuple[str, str]]],
    orgs: AbstractSet[str],
    found: Roster,
) -> Iterator[Staff]:
    seen: set[str] = set()
    for number, row in _live(tables, "users.csv"):
        worn = roles.get(row["sourcedid"], set())
        if any(role in PUPILS_AND_FAMILY for role, _org in worn):
            found.pupils += 1  # whoever is a pupil somewhere is no colleague here
            continue
        if row.get("enableduser", "").lower() == "false":
            found.inactive += 1
            continue
        email = row.get("email", "").lower()
        reason = _why_not(row, worn, orgs, email, seen)
        if reason:
            found.refused.append(RefusedRow("users.csv", number, reason))
            continue
        seen.add(email)
        here = sorted(role for role, org in worn if org in orgs)
        yield Staff(row["sourcedid"], _full_name(row), email, here[0])


def _why_not(
    row: Row, worn: AbstractSet[tuple[str, str]], orgs: AbstractSet[str], email: str, seen: AbstractSet[str]
) -> str:
    if not worn:
        return NO_ROLE
    if any(role not in STAFF for role, _org in worn):
        return UNKNOWN_ROLE
    if not any(org in orgs for _role, org in worn):
        return OUTSIDE
    if email.count("@") != 1 or " " in email or not all(email.split("@")) or len(email) > 254:
        return NO_ADDRESS
    if email in seen:
        return TWICE
    return "" if _full_name(row) else NO_NAME


def _full_name(row: Row) -> str:
    parts = (row.get(name, "") for name in ("givenname", "middlename", "familyname"))
    return " ".join(" ".join(part for part in parts if part).split())[:LONGEST_NAME]


def _teaching(
    tables: Mapping[str, list[tuple[int, Row]]], known: AbstractSet[str], classes: AbstractSet[str], found: Roster
) -> dict[str, set[str]]:
    teaching: dict[str, set[str]] = {}
    for number, row in _live(tables, "enrollments.csv"):
        role, user, group = row.get("role", "").lower(), row.get("usersourcedid", ""), row.get("classsourcedid", "")
        if role in PUPILS_AND_FAMILY:
            found.enrolments += 1
        elif role not in STAFF:
            found.refused.append(RefusedRow("enrollments.csv", number, UNKNOWN_ROLE))
        elif user not in known or group not in classes:
            found.refused.append(RefusedRow("enrollments.csv", number, NOT_HERE))
        else:
            teaching.setdefault(user, set()).add(group)
    return teaching


OUTSIDE = _("Dit is van een andere school of een ander bestuur.")
NO_ROLE = _("Er staat geen rol bij deze gebruiker.")
UNKNOWN_ROLE = _("Deze rol kennen we niet.")
NO_ADDRESS = _("Er staat geen e-mailadres bij, of het klopt niet.")
TWICE = _("Dit e-mailadres staat er al bij iemand anders.")
NO_NAME = _("Er staat geen naam bij.")
NOT_HERE = _("Deze collega of groep staat niet in de lijst.")
DELTA = _("Dit is een lijst met alleen wijzigingen. Maak een volledige export (bulk) en probeer het daarmee.")
MISSING = _("‘%(file)s’ ontbreekt of is leeg. Een personeelslijst heeft ten minste orgs.csv en users.csv.")
UNREADABLE = _("‘%(file)s’ is niet te lezen. Het moet een CSV met komma’s in UTF-8 zijn.")
NO_ROSTER = _("‘%(file)s’ heeft geen kolom sourcedId. Is dit een OneRoster-export?")
ONLY_PUPILS = _("Hier staan alleen leerlingen of ouders in. Die bewaren we niet. Maak een export met medewerkers.")
