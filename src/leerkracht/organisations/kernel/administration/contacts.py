"""Contacts in a sheet: who is new at a school or governing body, who changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from ..register.words import folded
from .columns import Line
from .places import Places, RowRefused
from .plans import CHANGED, CONTACT, NEW, SAME, Outcome, Plan, Write

_LENGTHS = {"name": 120, "function": 80, "email": 254, "phone": 30, "remark": 500}
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
Place = tuple[str, int]


@dataclass(frozen=True)
class KnownContact:
    pk: int
    place: Place
    facts: dict[str, str]
    is_archived: bool = False


def check_email(text: str) -> str:
    """The address in small letters; refuses what is none."""
    if not _EMAIL.fullmatch(text):
        raise RowRefused("row.email", _("‘%(value)s’ is geen e-mailadres."), value=text[:80])
    return text.lower()


class _Known:
    """Contacts by place and address, else by place and name."""

    def __init__(self, known: Sequence[KnownContact]) -> None:
        self.by_email = {(one.place, one.facts["email"].lower()): one for one in known if one.facts["email"]}
        self.by_name: dict[tuple[Place, str], list[KnownContact]] = {}
        for one in known:
            self.by_name.setdefault((one.place, folded(one.facts["name"])), []).append(one)

    def find(self, place: Place, facts: dict[str, str]) -> KnownContact | None:
        email = facts.get("email", "")
        if email and (found := self.by_email.get((place, email))):
            return found
        named = self.by_name.get((place, folded(facts["name"])), [])
        fits = [one for one in named if not email or not one.facts["email"]]
        return fits[0] if len(fits) == 1 else None


def plan_contacts(lines: Sequence[Line], places: Places, known: Sequence[KnownContact]) -> Plan:
    """Plan a sheet of contacts; an empty cell leaves what is there, somebody in the archive stays there."""
    plan, here = Plan(), _Known(known)
    seen: dict[tuple[Place, str], tuple[int, dict[str, str]]] = {}
    for line in lines:
        try:
            place, where = _place(line, places)
            facts = _facts(line)
            _check_once(seen, line, place, facts)
        except Refusal as refusal:
            plan.refuse(line.number, refusal, line.get("name"))
            continue
        key = (place, facts.get("email") or folded(facts["name"]))
        if key in seen:
            plan.outcomes.append(Outcome(line.number, SAME, facts["name"], where))
            continue
        seen[key] = (line.number, facts)
        _compare(plan, line, (place, where), facts, here.find(place, facts))
    return plan.sort()


def _place(line: Line, places: Places) -> tuple[Place, str]:
    if places.has_school(line):
        school = places.school(line)
        return ("school_id", school.pk), str(school)
    body = places.body(line)
    if body is None:
        raise RowRefused("row.no_place", _("Er staat geen school en geen bestuur in deze rij."))
    return ("governing_body_id", body.pk), str(body)


def _facts(line: Line) -> dict[str, str]:
    facts = {name: line.get(name) for name in _LENGTHS if line.get(name)}
    if "name" not in facts:
        raise RowRefused("row.no_name", _("De naam van het contact ontbreekt."))
    for name, value in facts.items():
        if len(value) > _LENGTHS[name]:
            text = _("‘%(value)s…’ is te lang: er passen %(limit)s tekens.")
            raise RowRefused("row.too_long", text, value=value[:30], limit=_LENGTHS[name])
    if "email" in facts:
        facts["email"] = check_email(facts["email"])
    return facts


def _check_once(
    seen: dict[tuple[Place, str], tuple[int, dict[str, str]]], line: Line, place: Place, facts: dict[str, str]
) -> None:
    before = seen.get((place, facts.get("email") or folded(facts["name"])))
    if before and before[1] != facts:
        text = _("Op regel %(line)s staat dit contact ook, met andere gegevens. Laat er één staan.")
        raise RowRefused("row.twice", text, line=before[0])


def _compare(plan: Plan, line: Line, at: tuple[Place, str], facts: dict[str, str], before: KnownContact | None) -> None:
    (place, pk), where = at
    name = facts["name"]
    if before is None:
        empty = dict.fromkeys(_LENGTHS, "")
        plan.writes.append(Write(CONTACT, line.number, None, {**empty, **facts, place: pk}))
        plan.outcomes.append(Outcome(line.number, NEW, name, where))
        return
    changes: dict[str, object] = {key: value for key, value in facts.items() if value != before.facts[key]}
    if not changes or before.is_archived:
        plan.outcomes.append(Outcome(line.number, SAME, name, where))
        return
    was = ", ".join(before.facts[key] or "–" for key in changes)
    plan.writes.append(Write(CONTACT, line.number, before.pk, changes))
    plan.outcomes.append(Outcome(line.number, CHANGED, name, f"{where}: {', '.join(map(str, changes.values()))}", was))
