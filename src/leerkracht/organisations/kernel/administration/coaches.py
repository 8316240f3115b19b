"""Coaches in a sheet: whom to make, and which dated roles are their portfolio."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from ..register.words import folded
from .columns import Line
from .contacts import check_email
from .places import Places, RowRefused
from .plans import CHANGED, NEW, PERSON, ROLE, SAME, Outcome, Plan, Setting, Write, day_words, period_words

EXPERT, CHANGE = "EXPERT_COACH", "CHANGE_COACH"
_KINDS = {
    EXPERT: "expert|expertcoach|expert coach|extern|externe coach|coach",
    CHANGE: "verander|verandercoach|verander coach|intern|interne coach|bestuurscoach",
}
_BY_WORD = {word: role for role, words in _KINDS.items() for word in words.split("|")}
_BETWEEN_CODES = re.compile(r"[,;/+&]| en ")
_CODES = re.compile(r"[0-9A-Za-z]{4}(?:[0-9A-Za-z]{2})?(?: [0-9A-Za-z]{4}(?:[0-9A-Za-z]{2})?)+")
Place = tuple[str, int]


@dataclass(frozen=True)
class KnownPerson:
    pk: int
    email: str
    name: str
    is_active: bool = True
    is_coach: bool = False


@dataclass(frozen=True)
class KnownRole:
    pk: int
    person: int
    role: str
    place: Place
    start: date
    end: date | None


@dataclass(frozen=True)
class Wanted:
    line: int
    name: str
    email: str
    role: str
    places: tuple[tuple[Place, str], ...]
    start: date
    end: date | None

    @property
    def where(self) -> str:
        return "; ".join(name for _place, name in self.places)


def plan_coaches(
    lines: Sequence[Line], places: Places, people: Sequence[KnownPerson], roles: Sequence[KnownRole], setting: Setting
) -> Plan:
    """Plan a sheet of coaches; who is not known yet becomes somebody who can sign in, and gets no mail by itself."""
    planner = _Planner(people, roles)
    for line in lines:
        try:
            planner.take(_read(line, places, setting))
        except Refusal as refusal:
            planner.plan.refuse(line.number, refusal, line.get("coach") or line.get("email"))
    return planner.plan.sort()


def _read(line: Line, places: Places, setting: Setting) -> Wanted:
    if not line.get("email"):
        raise RowRefused("row.no_email", _("Het e-mailadres van de coach ontbreekt; daarmee logt die straks in."))
    email, found = check_email(line.get("email")), _places(line, places)
    role = _role(line, found[0][0][0])
    if not line.get("from_date"):
        raise RowRefused("row.no_day", _("De begindatum ontbreekt."))
    start = setting.day(line.get("from_date"))
    end = setting.day(line.get("to_date")) if line.get("to_date") else None
    if end is not None and end <= start:
        text = _("De einddatum (%(end)s) ligt niet na de begindatum (%(start)s).")
        raise RowRefused("row.end_first", text, start=day_words(start), end=day_words(end))
    return Wanted(line.number, line.get("coach")[:120], email, role, found, start, end)


def _places(line: Line, places: Places) -> tuple[tuple[Place, str], ...]:
    if places.has_school(line):
        schools = [places.school(one) for one in _one_school_each(line)]
        return tuple((("school_id", school.pk), str(school)) for school in dict.fromkeys(schools))
    body = places.body(line)
    if body is not None:
        return ((("governing_body_id", body.pk), str(body)),)
    if line.get("region"):
        pk, name = places.region(line)
        return ((("region_id", pk), name),)
    raise RowRefused("row.no_place", _("Er staat geen school, bestuur of regio in deze rij."))


def _one_school_each(line: Line) -> list[Line]:
    """A cell with several codes means several schools."""
    for key in ("location_code", "school_code"):
        cell = line.get(key)
        parts = cell.split() if _CODES.fullmatch(cell) else _BETWEEN_CODES.split(cell)
        codes = [part.strip() for part in parts if part.strip()]
        if len(codes) > 1:
            rest = {name: value for name, value in line.values.items() if name not in ("location_code", "school_code")}
            return [Line(line.number, {**rest, key: code}) for code in codes]
    return [line]


def _role(line: Line, place: str) -> str:
    word = folded(line.get("coach_kind"))
    role = _BY_WORD.get(word) if word else (CHANGE if place == "governing_body_id" else EXPERT)
    if role is None:
        text = _("De soort coach ‘%(word)s’ kennen we niet. Schrijf expertcoach of verandercoach.")
        raise RowRefused("row.coach_kind", text, word=line.get("coach_kind")[:40])
    if role == EXPERT and place == "governing_body_id":
        text = _("Een expertcoach hoort bij scholen of een regio. Vul die in; bij een bestuur hoort een verandercoach.")
        raise RowRefused("row.expert_at_body", text)
    if role == CHANGE and place == "region_id":
        text = _("Een verandercoach hoort bij een bestuur of bij scholen, niet bij een regio.")
        raise RowRefused("row.change_at_region", text)
    return role


class _Planner:
    def __init__(self, people: Sequence[KnownPerson], roles: Sequence[KnownRole]) -> None:
        self.plan = Plan()
        self.people = {one.email.lower(): one for one in people}
        self.coaches = {
            folded(one.name): one.email.lower() for one in people if one.is_coach and one.is_active and one.name
        }
        self.made: set[str] = set()
        self.roles: dict[tuple[int, str, Place], list[KnownRole]] = defaultdict(list)
        for role in roles:
            self.roles[role.person, role.role, role.place].append(role)
        self.taken: dict[tuple[str, str, Place], list[Wanted]] = defaultdict(list)

    def take(self, wanted: Wanted) -> None:
        person = self._person(wanted)
        writes, was, is_double = [], [], True
        for place, _name in wanted.places:
            if self._check_in_file(wanted, place):
                continue
            is_double = False
            write, before = self._role_write(wanted, place, person)
            writes += [write] if write else []
            was += [before] if before else []
        self._settle(wanted, person, writes, ("" if is_double else "; ".join(was)))

    def _settle(self, wanted: Wanted, person: KnownPerson | None, writes: list[Write], was: str) -> None:
        if person is None and wanted.email not in self.made and writes:
            self.made.add(wanted.email)
            self.coaches.setdefault(folded(wanted.name), wanted.email)
            values: dict[str, object] = {"email": wanted.email, "name": wanted.name}
            self.plan.writes.append(Write(PERSON, wanted.line, None, values))
        for place, _name in wanted.places:
            self.taken[wanted.email, wanted.role, place].append(wanted)
        self.plan.writes += writes
        result = SAME if not writes else (NEW if any(write.pk is None for write in writes) else CHANGED)
        said = f"{wanted.where}, {period_words(wanted.start, wanted.end)}"
        self.plan.outcomes.append(Outcome(wanted.line, result, wanted.name or wanted.email, said, was))

    def _person(self, wanted: Wanted) -> KnownPerson | None:
        """Who the row is about, if known; the same name at another address is refused rather than guessed."""
        known = self.people.get(wanted.email)
        if known is not None:
            if not known.is_active:
                text = _("%(email)s kan niet meer inloggen. Gebruik een ander adres of vraag de beheerder.")
                raise RowRefused("row.inactive", text, email=wanted.email)
            return known
        if not wanted.name and wanted.email not in self.made:
            raise RowRefused("row.no_name", _("De naam van de coach ontbreekt."))
        other = self.coaches.get(folded(wanted.name))
        if wanted.name and other and other != wanted.email:
            text = _("%(name)s staat al met het adres %(other)s. Is het dezelfde coach? Gebruik dan overal dat adres.")
            raise RowRefused("row.two_addresses", text, name=wanted.name, other=other)
        return None

    def _check_in_file(self, wanted: Wanted, place: Place) -> bool:
        """Whether an earlier row says exactly this; refuses one that says something else about the same time."""
        for before in self.taken[wanted.email, wanted.role, place]:
            if (before.start, before.end) == (wanted.start, wanted.end):
                return True
            if (before.end is None or before.end > wanted.start) and (wanted.end is None or wanted.end > before.start):
                text = _("Op regel %(line)s is deze coach hier in die tijd ook al. Laat er één staan.")
                raise RowRefused("row.overlap_in_file", text, line=before.line)
        return False

    def _role_write(self, wanted: Wanted, place: Place, person: KnownPerson | None) -> tuple[Write | None, str]:
        known = self.roles[person.pk, wanted.role, place] if person else []
        same = next((role for role in known if role.start == wanted.start), None)
        running = next((role for role in known if role.end is None), None)
        if same is None and running is not None and (wanted.end is None or wanted.end > running.start):
            same = running
        others = [role for role in known if role is not same]
        for role in others:
            if (role.end is None or role.end > wanted.start) and (wanted.end is None or wanted.end > role.start):
                text = _("Deze coach was hier al van %(period)s. Twee keer tegelijk kan niet.")
                raise RowRefused("row.overlap", text, period=period_words(role.start, role.end))
        if same is None:
            who: dict[str, object] = {"person_id": person.pk} if person else {"person_email": wanted.email}
            dates = {"from_date": wanted.start, "to_date": wanted.end}
            return Write(ROLE, wanted.line, None, {**who, "role": wanted.role, place[0]: place[1], **dates}), ""
        return self._change(wanted, same)

    def _change(self, wanted: Wanted, same: KnownRole) -> tuple[Write | None, str]:
        new = {"from_date": wanted.start, "to_date": wanted.end or same.end}
        had: Mapping[str, object] = {"from_date": same.start, "to_date": same.end}
        changes: dict[str, object] = {name: value for name, value in new.items() if value != had[name]}
        if not changes:
            return None, ""
        return Write(ROLE, wanted.line, same.pk, changes), period_words(same.start, same.end)
