"""Take a list of all locations of one sector in: new, changed, closed, moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from leerkracht.organisations.kernel.register import LocationRow, Plan
from leerkracht.organisations.models import FormerName, GoverningBody, Identifier, Location, School, SchoolGovernance
from leerkracht.organisations.queries.register import FACTS

from .batches import BATCH, Progress, Row, keys, parts, upsert


class LocationWriter:
    """Writes one plan in batches; the order follows the foreign keys."""

    def __init__(self, sector: str, today: date, progress: Progress) -> None:
        self.sector, self.today, self.progress = sector, today, progress
        self.done, self.total = 0, 1

    def write(self, todo: Plan) -> None:
        rows = [*todo.new, *todo.changed]
        self.total = len(todo.schools) + len(rows) + len(todo.closed)
        self._keep_names(todo)
        self._write_bodies({school.body for school in todo.schools if school.body})
        self._write_schools(todo)
        self._write_governance(todo)
        self._write_locations(rows)
        self._close(todo)
        self._settle_bodies()

    def _keep_names(self, todo: Plan) -> None:
        """Remember what a location was called until now: people keep looking for it."""
        ids = dict(pair for part in parts(list(todo.renamed)) for pair in keys(part))
        names = (
            FormerName(location_id=ids[code], name=name, until_date=self.today) for code, name in todo.renamed.items()
        )
        FormerName.objects.bulk_create(names, ignore_conflicts=True, batch_size=BATCH)

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
        for part in parts(moved):
            SchoolGovernance.objects.filter(school__in=part, to_date=None).update(to_date=self.today)
        governed = set(SchoolGovernance.objects.filter(to_date=None).values_list("school_id", flat=True))
        bodies = dict(GoverningBody.objects.values_list("number", "pk"))
        relations = [
            SchoolGovernance(school_id=school_id, governing_body_id=bodies[school.body], from_date=self.today)
            for school in todo.schools
            if school.body and (school_id := self.school_ids[school.code]) not in governed
        ]
        SchoolGovernance.objects.bulk_create(relations, batch_size=BATCH)

    def _write_locations(self, rows: list[LocationRow]) -> None:
        self._upsert(
            [Location(school_id=self.school_ids[row.school_code], code=row.code, **row.facts()) for row in rows],
            [*FACTS, "closed_date"],
        )
        known = self._identified(Identifier.Scheme.BRIN6)
        new = [row.code for row in rows if row.code not in known]
        ids = {code: pk for part in parts(new) for code, pk in keys(part)}
        self._identify(
            Identifier(scheme=Identifier.Scheme.BRIN6, value=code, location_id=pk) for code, pk in ids.items()
        )

    def _close(self, todo: Plan) -> None:
        for part in parts(todo.closed):
            Location.objects.filter(code__in=part).update(closed_date=self.today)
            Identifier.objects.filter(scheme=Identifier.Scheme.BRIN6, value__in=part, to_date=None).update(
                to_date=self.today
            )
        for part in parts(todo.closed_schools):
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
        upsert(rows, fields, self._advance)

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
