"""What is known now, as the planners of the administration ask for it: a fixed number of queries per kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef

from leerkracht.accounts.models import Person
from leerkracht.organisations.kernel.administration import (
    COACHES,
    CONTACTS,
    HISTORY,
    BodyRef,
    KnownContact,
    KnownPerson,
    KnownRole,
    Line,
    Period,
    Places,
    Plan,
    Row,
    SchoolRef,
    Setting,
    lines_of,
    plan_coaches,
    plan_contacts,
    plan_participation,
)
from leerkracht.organisations.kernel.register import folded
from leerkracht.organisations.models import (
    ColumnMemory,
    Contact,
    FormerName,
    GoverningBody,
    Location,
    Participation,
    Region,
    Role,
    RoleAssignment,
    School,
    SchoolGovernance,
    SheetImport,
    Stage,
)

_COACH_ROLES = (Role.EXPERT_COACH, Role.CHANGE_COACH)
_CONTACT_FACTS = ("name", "function", "email", "phone", "remark")


def rows_of(sheet: SheetImport) -> list[Row]:
    """The rows of a sheet as they were sent; nothing once they are gone."""
    raw = getattr(sheet, "raw", None)
    return [Row(line, tuple(cells)) for line, cells in raw.rows] if raw else []


def chosen_columns(sheet: SheetImport) -> dict[int, str]:
    return {int(position): key for position, key in sheet.columns.items()}


def remembered_heads() -> dict[str, dict[str, str]]:
    return dict(ColumnMemory.objects.values_list("kind", "heads"))


def remembered_words() -> dict[str, str]:
    """The foundation's own words for stages, whichever kind of sheet they stood in."""
    found: dict[str, str] = {}
    for words in ColumnMemory.objects.order_by("kind").values_list("words", flat=True):
        found |= words
    return found


def stage_labels() -> dict[str, str]:
    return {stage.value: str(stage.label) for stage in Stage}


def plan_of(sheet: SheetImport, today: date, rows: Sequence[Row] | None = None) -> Plan:
    """What the sheet changes if it is taken in now; nothing is written."""
    rows = rows_of(sheet) if rows is None else rows
    lines, places = lines_of(rows, sheet.head, chosen_columns(sheet)), known_places()
    setting = Setting(today, remembered_words(), stage_labels())
    if sheet.kind == CONTACTS:
        return plan_contacts(lines, places, _known_contacts())
    if sheet.kind == COACHES:
        return plan_coaches(lines, places, _known_people(lines), _known_roles(), setting)
    return plan_participation(lines, places, _known_periods(), setting, is_history=sheet.kind == HISTORY)


def known_places() -> Places:
    """The whole register by code, name and place: six queries, some tens of thousands of rows."""
    bodies = {
        pk: BodyRef(pk, number, name) for pk, number, name in GoverningBody.objects.values_list("pk", "number", "name")
    }
    governed: dict[int, set[str]] = defaultdict(set)
    for school, body in SchoolGovernance.objects.values_list("school", "governing_body"):
        governed[school].add(bodies[body].number)
    locations = list(Location.objects.order_by("code").values_list("code", "name", "place", "school"))
    main = {school: place for _code, _name, place, school in reversed(locations)}
    schools = {
        pk: (code, SchoolRef(pk, name, main.get(pk, ""), frozenset(governed[pk])))
        for pk, code, name in School.objects.values_list("pk", "code", "name")
    }
    places = Places(bodies_by_number={body.number: body for body in bodies.values()})
    for known in bodies.values():
        places.bodies_by_number.setdefault(known.number.lstrip("0"), known)
        if known.name:
            places.bodies_by_name.setdefault(folded(known.name), set()).add(known)
    places.by_code = {code.upper(): school for code, school in schools.values()}
    for code, name, place, pk in locations:
        places.by_location[code.upper()] = schools[pk][1]
        for known_as in {name, schools[pk][1].name}:
            places.by_name.setdefault((folded(known_as), folded(place)), set()).add(schools[pk][1])
    for name, place, pk in FormerName.objects.values_list("name", "location__place", "location__school"):
        places.by_name.setdefault((folded(name), folded(place)), {schools[pk][1]})
    places.regions = {
        folded(name).removeprefix("regio "): (pk, name) for pk, name in Region.objects.values_list("pk", "name")
    }
    return places


def _known_periods() -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    rows = Participation.objects.values_list("school", "pk", "stage", "from_date", "to_date", "reason")
    for school, pk, stage, start, end, reason in rows:
        found[school].append(Period(pk, stage, start, end, reason))
    return found


def _known_contacts() -> list[KnownContact]:
    rows = Contact.objects.order_by("pk").values("pk", "school_id", "governing_body_id", "archived_at", *_CONTACT_FACTS)
    return [
        KnownContact(
            row["pk"],
            ("school_id", row["school_id"]) if row["school_id"] else ("governing_body_id", row["governing_body_id"]),
            {name: row[name] for name in _CONTACT_FACTS},
            row["archived_at"] is not None,
        )
        for row in rows
    ]


def _known_people(lines: Sequence[Line]) -> list[KnownPerson]:
    """Whoever has an address of the sheet or is a coach."""
    wanted = {line.get("email").lower() for line in lines}
    is_coach = Exists(RoleAssignment.objects.filter(person=OuterRef("pk"), role__in=_COACH_ROLES))
    rows = Person.objects.annotate(is_coach=is_coach).values_list("pk", "email", "name", "is_active", "is_coach")
    return [KnownPerson(*row) for row in rows.iterator() if row[4] or row[1].lower() in wanted]


def _known_roles() -> list[KnownRole]:
    rows = RoleAssignment.objects.filter(role__in=_COACH_ROLES).order_by("from_date", "pk")
    found = []
    for pk, person, role, school, body, region, start, end in rows.values_list(
        "pk", "person", "role", "school", "governing_body", "region", "from_date", "to_date"
    ):
        place = ("school_id", school) if school else ("governing_body_id", body) if body else ("region_id", region)
        if start != end:
            found.append(KnownRole(pk, person, role, place, start, end))
    return found
