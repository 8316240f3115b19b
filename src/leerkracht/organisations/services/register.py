"""Take a register file in, wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from leerkracht.accounts.rules import Actor
from leerkracht.accounts.services import audit
from leerkracht.organisations.kernel.register import LocationRow, Plan, RegisterFile, plan
from leerkracht.organisations.models import (
    GoverningBody,
    Identifier,
    Location,
    RegisterImport,
    School,
    SchoolGovernance,
)
from leerkracht.organisations.queries.register import FACTS, snapshot
from leerkracht.organisations.rules.register import check_closing

Progress = Callable[[int, int], None]
Row = TypeVar("Row", bound=models.Model)
BATCH = 500
IN_LIST = 900  # codes in one IN (…); the oldest SQLite takes 999 variables


@dataclass(frozen=True)
class Source:
    """Where the rows come from and how they are to be taken."""

    file: RegisterFile
    sector: str
    may_close_many: bool = False


def preview_register(*, source: Source) -> Plan:
    """Work out what a file would change; nothing is written."""
    result = plan(source.file, snapshot(), sector=source.sector)
    if not source.may_close_many:
        check_closing(closed=len(result.closed), open_now=result.compared)
    return result


@transaction.atomic
def import_register(*, source: Source, by: Actor, now: datetime, progress: Progress | None = None) -> Plan:
    """Write what a file changes: new, changed, closed, moved. Doing it twice changes nothing the second time."""
    result = preview_register(source=source)
    if not result.is_empty:
        _Writer(source.sector, timezone.localdate(now), progress or _silent).write(result)
    record = RegisterImport.objects.create(
        at=now,
        kind=source.file.kind,
        sector=source.sector,
        rows=source.file.row_count,
        new=len(result.new),
        changed=len(result.changed),
        closed=len(result.closed),
        moved=len(result.moved),
        refused=len(result.refused),
    )
    audit.record(act="organisations.register_imported", by=by, target=record, at=now)
    return result


def _silent(done: int, total: int) -> None:
    """Show nothing."""


class _Writer:
    """Writes one plan in batches; the order follows the foreign keys."""

    def __init__(self, sector: str, today: date, progress: Progress) -> None:
        self.sector, self.today, self.progress = sector, today, progress
        self.done, self.total = 0, 1

    def write(self, todo: Plan) -> None:
        rows = [*todo.new, *todo.changed]
        self.total = len(todo.schools) + len(rows) + len(todo.closed)
        self._write_bodies({school.body for school in todo.schools})
        self._write_schools(todo)
        self._write_governance(todo)
        self._write_locations(rows)
        self._close(todo)
        self._settle_bodies()

    def _write_bodies(self, numbers: set[str]) -> None:
        known = set(GoverningBody.objects.values_list("number", flat=True))
        new = [GoverningBody(number=number) for number in sorted(numbers - known)]
        GoverningBody.objects.bulk_create(new, batch_size=BATCH)
        scheme = Identifier.Scheme.GOVERNING_BODY
        self._identify(Identifier(scheme=scheme, value=body.number, governing_body=body) for body in new)

    def _write_schools(self, todo: Plan) -> None:
        schools = [
            School(code=school.code, name=school.name, sector=self.sector, search_text=school.search_text)
            for school in todo.schools
        ]
        self._upsert(schools, ["name", "search_text", "closed_date"])
        self.school_ids = dict(School.objects.values_list("code", "pk"))
        known = self._identified(Identifier.Scheme.BRIN)
        self._identify(
            Identifier(scheme=Identifier.Scheme.BRIN, value=school.code, school_id=self.school_ids[school.code])
            for school in todo.schools
            if school.code not in known
        )

    def _write_governance(self, todo: Plan) -> None:
        moved = [self.school_ids[code] for code in todo.moved_schools]
        for part in _parts(moved):
            SchoolGovernance.objects.filter(school__in=part, to_date=None).update(to_date=self.today)
        governed = set(SchoolGovernance.objects.filter(to_date=None).values_list("school_id", flat=True))
        bodies = dict(GoverningBody.objects.values_list("number", "pk"))
        relations = [
            SchoolGovernance(school_id=school_id, governing_body_id=bodies[school.body], from_date=self.today)
            for school in todo.schools
            if (school_id := self.school_ids[school.code]) not in governed
        ]
        SchoolGovernance.objects.bulk_create(relations, batch_size=BATCH)

    def _write_locations(self, rows: list[LocationRow]) -> None:
        self._upsert(
            [Location(school_id=self.school_ids[row.school_code], code=row.code, **row.facts()) for row in rows],
            [*FACTS, "closed_date"],
        )
        known = self._identified(Identifier.Scheme.BRIN6)
        new = [row.code for row in rows if row.code not in known]
        ids = {code: pk for part in _parts(new) for code, pk in _keys(part)}
        self._identify(
            Identifier(scheme=Identifier.Scheme.BRIN6, value=code, location_id=pk) for code, pk in ids.items()
        )

    def _close(self, todo: Plan) -> None:
        for part in _parts(todo.closed):
            Location.objects.filter(code__in=part).update(closed_date=self.today)
            Identifier.objects.filter(scheme=Identifier.Scheme.BRIN6, value__in=part, to_date=None).update(
                to_date=self.today
            )
        for part in _parts(todo.closed_schools):
            School.objects.filter(code__in=part).update(closed_date=self.today)
            SchoolGovernance.objects.filter(school__code__in=part, to_date=None).update(to_date=self.today)
            Identifier.objects.filter(scheme=Identifier.Scheme.BRIN, value__in=part, to_date=None).update(
                to_date=self.today
            )
        self._advance(len(todo.closed))

    def _settle_bodies(self) -> None:
        """A governing body without a school is closed, and open again when it gets one."""
        governs = Exists(SchoolGovernance.objects.filter(governing_body=OuterRef("pk"), to_date=None))
        GoverningBody.objects.filter(~Q(governs), closed_date=None).update(closed_date=self.today)
        GoverningBody.objects.filter(governs, closed_date__isnull=False).update(closed_date=None)

    def _upsert(self, rows: list[Row], fields: list[str]) -> None:
        for part in _parts(rows):
            type(part[0])._default_manager.bulk_create(
                part, update_conflicts=True, unique_fields=["code"], update_fields=fields
            )
            self._advance(len(part))

    def _identified(self, scheme: Identifier.Scheme) -> set[str]:
        return set(Identifier.objects.filter(scheme=scheme, to_date=None).values_list("value", flat=True))

    def _identify(self, identifiers: Iterable[Identifier]) -> None:
        rows = list(identifiers)
        for row in rows:
            row.from_date = self.today
        Identifier.objects.bulk_create(rows, batch_size=BATCH)

    def _advance(self, rows: int) -> None:
        self.done += rows
        self.progress(self.done, self.total)


Thing = TypeVar("Thing")


def _parts(things: list[Thing]) -> Iterable[list[Thing]]:
    return (things[start : start + IN_LIST] for start in range(0, len(things), IN_LIST))


def _keys(codes: list[str]) -> Iterable[tuple[str, int]]:
    return Location.objects.filter(code__in=codes).values_list("code", "pk")
