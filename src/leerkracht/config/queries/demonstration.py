"""Whom a visitor of the demonstration can be, and the mail that went out; made-up people only."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leerkracht.accounts.models import Person
from leerkracht.config.demonstration.world import MAIL_DOMAIN
from leerkracht.organisations.models import Role, RoleAssignment, School, TeamMembership
from leerkracht.organisations.permissions import during
from leerkracht.organisations.queries.roles import Hat, hat_of_membership, hat_of_role

# Nobody can own an address under this name (RFC 2606): who has one is made up.
MADE_UP = f"@{MAIL_DOMAIN}"
NEWEST_MAILS = 30
_CODE = re.compile(r"^\s*(\d{4}-\d{4})\s*$", re.MULTILINE)
_LINK = re.compile(r"https?://[^\s<>\"]+")
_FOUNDATION = (Role.EXPERT_COACH, Role.CHANGE_COACH, Role.CENTRAL_TEAM, Role.ADMINISTRATOR, Role.EDITOR)


@dataclass(frozen=True)
class Double:
    """Somebody made up, as a visitor may pick them."""

    person: Person
    role: str
    roles: str


@dataclass(frozen=True)
class Starter:
    double: Double
    icon: str
    title: str
    about: str


@dataclass
class Group:
    """People of one place; ``school`` is ``None`` for those who belong to none."""

    title: str
    about: str
    school: School | None = None
    people: list[Double] = field(default_factory=list)


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    sent_at: datetime | None
    text: str
    code: str
    links: tuple[str, ...]


def groups(on: date) -> list[Group]:
    """List everyone made up, schools first; two queries however many."""
    hats = _hats(on)
    people = sorted(hats.values(), key=lambda worn: (worn[1][0].rank, worn[0].name))
    found: dict[object, Group] = {}
    for person, worn in people:
        first = worn[0]
        group = found.setdefault(_place(first), _group(first))
        group.people.append(Double(person, first.hat.role, _said(worn)))
    return sorted(found.values(), key=lambda group: (group.school is None, group.title))


@dataclass(frozen=True)
class _Worn:
    hat: Hat
    school: School | None
    words: str
    rank: int


_RANK = {Role.SCHOOL_LEADER: 0, Role.SCHOOL_COACH: 1, Role.TEACHER: 2}


def _hats(on: date) -> dict[int, tuple[Person, list[_Worn]]]:
    found: dict[int, tuple[Person, list[_Worn]]] = {}
    ours = {"person__is_active": True, "person__email__endswith": MADE_UP}
    memberships = TeamMembership.objects.filter(during(on), team__archived_at=None, **ours)
    for row in memberships.select_related("person", "team__school").order_by("pk"):
        words = f"{Role.TEACHER.label}, {row.team.name}"
        worn = _Worn(hat_of_membership(row), row.team.school, words, _RANK[Role.TEACHER])
        found.setdefault(row.person_id, (row.person, []))[1].append(worn)
    roles = RoleAssignment.objects.filter(during(on), **ours)
    for held in roles.select_related("person", "school", "governing_body").order_by("pk"):
        role = Role(held.role)
        worn = _Worn(hat_of_role(held), held.school, str(role.label), _RANK.get(role, 3 + Role.values.index(role)))
        found.setdefault(held.person_id, (held.person, []))[1].append(worn)
    for _person, all_worn in found.values():
        all_worn.sort(key=lambda worn: worn.rank)
    return found


def starters(found: list[Group]) -> list[Starter]:
    """Pick three beginnings for who does not know where to look: a teacher, a school coach, an expert coach."""
    people = [double for group in found for double in group.people]
    offered = (
        (Role.TEACHER, "columns-3", _("Leraar"), _("Sta met je team aan het bord: vijftien minuten, elke week.")),
        (
            Role.SCHOOL_COACH,
            "users",
            _("Schoolcoach"),
            _("Zet teams op, nodig collega’s uit en help de sessie op gang."),
        ),
        (Role.EXPERT_COACH, "school", _("Expertcoach"), _("Volg je scholen op hun weg naar zelfstandig werken.")),
    )
    first: dict[str, Double] = {}
    for double in people:
        first.setdefault(double.role, double)
    return [Starter(first[role], icon, title, about) for role, icon, title, about in offered if role in first]


def made_up_people() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True, email__endswith=MADE_UP)


def _place(worn: _Worn) -> object:
    if worn.hat.role in _FOUNDATION:
        return "foundation"
    return worn.school.pk if worn.school else "outside"


def _group(worn: _Worn) -> Group:
    if worn.hat.role in _FOUNDATION:
        return Group(_("De stichting"), _("Begeleidt de scholen en onderhoudt wat iedereen leest."))
    if worn.school is None:
        return Group(_("Om de school heen"), _("Bestuur, onderzoek, fonds en lezers."))
    return Group(worn.school.name, str(worn.school.get_sector_display()), worn.school)


def _said(worn: list[_Worn]) -> str:
    seen: defaultdict[str, int] = defaultdict(int)
    for one in worn:
        seen[one.words] += 1
    return " · ".join(
        words if number == 1 else _("%(role)s op %(number)s plekken") % {"role": words, "number": number}
        for words, number in seen.items()
    )


def mails(folder: Path) -> list[Mail]:
    """Return the newest mail that was written to ``folder``, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:NEWEST_MAILS]
    found = [mail for file in files for mail in reversed(_mails_in(file))]
    return found[:NEWEST_MAILS]


def _mails_in(file: Path) -> list[Mail]:
    # Django's file backend writes the messages of one connection after one another, with a line of dashes between.
    parts = re.split(rb"^-{79}\n", file.read_bytes(), flags=re.MULTILINE)
    return [_mail(message_from_bytes(part, policy=policy.default)) for part in parts if part.strip()]


def _mail(message: EmailMessage) -> Mail:
    body = message.get_body(("plain",))
    text = str(body.get_content()).strip() if body else ""
    code = _CODE.search(text)
    return Mail(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=_moment(message),
        text=text,
        code=code.group(1) if code else "",
        links=tuple(link.rstrip(".,)") for link in _LINK.findall(text)),
    )


def _moment(message: EmailMessage) -> datetime | None:
    """Return when the mail was sent; mail written as "-0000" says UTC without saying a zone."""
    written = message["Date"].datetime if message["Date"] else None
    return written.replace(tzinfo=UTC) if written and written.tzinfo is None else written
