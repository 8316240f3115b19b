"""Write what a plan says into the tables, in batches, and take it back; remembers every row before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q

from leerkracht.accounts.models import Person
from leerkracht.accounts.services.people import make_people
from leerkracht.organisations.kernel.administration import Write
from leerkracht.organisations.models import Contact, Participation, RoleAssignment, SheetChange, SheetImport

BATCH = 500
_ROLE = ("person_id", "role", "school_id", "governing_body_id", "region_id", "from_date", "to_date")
# Per table its model and the fields that count: what stands there when an import is taken back must be what it left.
TABLES: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "participation": (Participation, ("school_id", "stage", "from_date", "to_date", "reason")),
    "role": (RoleAssignment, _ROLE),
    "contact": (
        Contact,
        ("school_id", "governing_body_id", "name", "function", "email", "phone", "remark", "archived_at"),
    ),
    "person": (Person, ("email", "name", "language", "is_active", "last_login", "erased_at")),
}
Snapshot = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """A row as it was and as it is."""

    table: str
    line: int
    row: Model
    before: Snapshot | None


def write_all(writes: Sequence[Write]) -> list[Kept]:
    """Make and change the rows; people first, then what ends, then what begins."""
    made = {write.values["email"]: write.line for write in writes if write.table == "person"}
    people = make_people(
        newcomers=[(str(w.values["email"]), str(w.values["name"])) for w in writes if w.table == "person"]
    )
    ids = {person.email: person.pk for person in people}
    kept = [Kept("person", made[person.email], person, None) for person in people]
    for table in ("participation", "role", "contact"):
        own = [write for write in writes if write.table == table]
        kept += _change(table, [write for write in own if write.pk is not None])
        kept += _make(table, [write for write in own if write.pk is None], ids)
    return kept


def remember(sheet: SheetImport, kept: Iterable[Kept]) -> None:
    changes = [
        SheetChange(
            sheet=sheet,
            line=one.line,
            table=one.table,
            row_id=one.row.pk,
            before=one.before,
            after=snapshot(one.table, one.row),
        )
        for one in kept
    ]
    SheetChange.objects.bulk_create(changes, batch_size=BATCH)


def snapshot(table: str, row: Model) -> Snapshot:
    """The fields that count, as JSON keeps them."""
    return {name: _plain(getattr(row, name)) for name in TABLES[table][1]}


def standing(table: str, ids: Iterable[int]) -> dict[int, Model]:
    """Rows of a table by key, locked until the transaction ends."""
    found: dict[int, Model] = {}
    for part in _parts(sorted(ids)):
        rows = TABLES[table][0]._default_manager.select_for_update().filter(pk__in=part)
        found |= {row.pk: row for row in rows}
    return found


def put_back(changes: Sequence[SheetChange], rows: Mapping[tuple[str, int], Model]) -> None:
    """Delete what an import made and write back what it changed; people go last, since roles point at them."""
    for table in ("role", "contact", "participation"):
        own = [change for change in changes if change.table == table]
        _delete(table, [change.row_id for change in own if change.before is None])
        model, fields = TABLES[table]
        back = [change for change in own if change.before is not None]
        for change in back:
            for name in fields:
                setattr(rows[table, change.row_id], name, _value(name, (change.before or {})[name]))
        _update(model, [rows[table, change.row_id] for change in back], fields)
    _delete("person", [change.row_id for change in changes if change.table == "person"])


def pointed_at(people: Sequence[int], besides: Mapping[str, set[int]]) -> set[int]:
    """Who of ``people`` is in use by something else than the rows in ``besides`` (keys per table)."""
    tables = {model: name for name, (model, _fields) in TABLES.items()}
    used: set[int] = set()
    for relation in Person._meta.related_objects:
        model, field = relation.related_model, relation.field.attname
        own = besides.get(tables.get(model, ""), set())
        for part in _parts(list(people)):
            rows = model._default_manager.filter(Q(**{f"{field}__in": part})).values_list("pk", field)
            used |= {person for pk, person in rows if pk not in own}
    return used


def _change(table: str, writes: Sequence[Write]) -> list[Kept]:
    model, _fields = TABLES[table]
    wanted: dict[int, dict[str, object]] = defaultdict(dict)
    lines: dict[int, int] = {}
    for write in writes:
        key = write.pk or 0
        wanted[key] |= write.values
        lines.setdefault(key, write.line)
    rows, kept = standing(table, wanted), []
    for pk, values in wanted.items():
        before = snapshot(table, rows[pk])
        for name, value in values.items():
            setattr(rows[pk], name, value)
        kept.append(Kept(table, lines[pk], rows[pk], before))
    names = {name for values in wanted.values() for name in values}
    _update(model, list(rows.values()), sorted(names))
    return kept


def _make(table: str, writes: Sequence[Write], people: Mapping[str, int]) -> list[Kept]:
    model, _fields = TABLES[table]
    rows = []
    for write in writes:
        values = dict(write.values)
        if (email := values.pop("person_email", None)) is not None:
            values["person_id"] = people[str(email)]
        rows.append(model(**values))
    model._default_manager.bulk_create(rows, batch_size=BATCH)
    return [Kept(table, write.line, row, None) for write, row in zip(writes, rows, strict=True)]


def _update(model: type[Model], rows: Sequence[Model], fields: Sequence[str]) -> None:
    names = [model._meta.get_field(name.removesuffix("_id")).name for name in fields]
    if rows and names:
        model._default_manager.bulk_update(rows, names, batch_size=BATCH // 2)


def _delete(table: str, ids: Sequence[int]) -> None:
    for part in _parts(list(ids)):
        TABLES[table][0]._default_manager.filter(pk__in=part).delete()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _value(name: str, plain: Any) -> Any:
    if plain is None:
        return None
    if name.endswith("_date"):
        return date.fromisoformat(plain)
    return datetime.fromisoformat(plain) if name.endswith("_at") else plain


def _parts(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
