"""One file of the register, of whatever kind: what it would change, and writing that in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leerkracht.accounts.rules import Actor
from leerkracht.accounts.services import audit
from leerkracht.organisations.kernel.register import (
    AnyFile,
    BodyFile,
    CoordinateFile,
    InstitutionFile,
    Plan,
    PostcodeFile,
    PupilFile,
    RefusedRow,
    RegisterFile,
    plan,
    plan_bodies,
    plan_coordinates,
    plan_institutions,
    plan_postcodes,
    plan_pupils,
)
from leerkracht.organisations.models import RegisterImport
from leerkracht.organisations.queries import register as known
from leerkracht.organisations.rules.register import check_closing
from leerkracht.organisations.services.school_facts import settle_school_facts

from . import additions
from .batches import Progress, name_provinces
from .locations import LocationWriter


@dataclass(frozen=True)
class Source:
    """Where the rows come from and how they are to be taken; ``sector`` is that of a list of locations."""

    file: AnyFile
    sector: str = "PO"
    may_close_many: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a file changes. Counts are of the file's own subject: locations, governing bodies or postcode areas.

    ``passed_over`` are rows about what this register never held; ``repeated`` rows that name a location again.
    """

    kind: str
    rows: int
    new: int
    changed: int
    closed: int = 0
    moved: int = 0
    refused: tuple[RefusedRow, ...] = ()
    passed_over: int = 0
    repeated: int = 0
    todo: object = field(default=None, repr=False, compare=False)


def preview_register(*, source: Source) -> Outcome:
    """Work out what a file would change; nothing is written."""
    file = source.file
    if isinstance(file, RegisterFile):
        return _locations(file, source)
    if isinstance(file, InstitutionFile):
        return _outcome(file, plan_institutions(file, known.snapshot(), holiday_regions=known.holiday_regions()))
    if isinstance(file, CoordinateFile):
        todo = plan_coordinates(file, known.snapshot(), known.points(), holiday_regions=known.holiday_regions())
        return _outcome(file, todo, repeated=file.repeated)
    if isinstance(file, PupilFile):
        counts = plan_pupils(file, known.pupil_counts())
        return _outcome(file, counts, passed_over=counts.passed_over)
    if isinstance(file, BodyFile):
        bodies = plan_bodies(file, known.body_names())
        return _outcome(file, bodies, passed_over=bodies.passed_over)
    return _outcome(file, plan_postcodes(file, known.postcodes()))


@transaction.atomic
def import_register(*, source: Source, by: Actor, now: datetime, progress: Progress | None = None) -> Outcome:
    """Write what a file changes. Doing it twice changes nothing the second time; a crash leaves nothing behind."""
    outcome = preview_register(source=source)
    _write(source, outcome, now, progress or _silent)
    record = RegisterImport.objects.create(
        at=now,
        kind=outcome.kind,
        sector=source.sector if isinstance(source.file, RegisterFile) else "",
        rows=outcome.rows,
        new=outcome.new,
        changed=outcome.changed,
        closed=outcome.closed,
        moved=outcome.moved,
        refused=len(outcome.refused),
    )
    audit.record(act="organisations.register_imported", by=by, target=record, at=now)
    return outcome


def _write(source: Source, outcome: Outcome, now: datetime, progress: Progress) -> None:
    file, todo, today = source.file, outcome.todo, timezone.localdate(now)
    if isinstance(todo, Plan):
        if not todo.is_empty:
            sector = source.sector if isinstance(file, RegisterFile) else "MBO"
            LocationWriter(sector, today, progress).write(todo)
    else:
        additions.write(todo, today, progress)
    if not isinstance(file, PostcodeFile) and (outcome.new or outcome.changed or outcome.closed):
        name_provinces()
        settle_school_facts()


def _locations(file: RegisterFile, source: Source) -> Outcome:
    todo = plan(file, known.snapshot(), sector=source.sector)
    if not source.may_close_many:
        check_closing(closed=len(todo.closed), open_now=todo.compared)
    return _outcome(file, todo, closed=len(todo.closed), moved=len(todo.moved))


def _outcome(file: AnyFile, todo: additions.Todo | Plan, **more: int) -> Outcome:
    counts = {"new": len(todo.new), "changed": len(todo.changed), **more}
    return Outcome(file.kind, file.row_count, refused=tuple(todo.refused), todo=todo, **counts)


def _silent(done: int, total: int) -> None:
    """Show nothing."""
