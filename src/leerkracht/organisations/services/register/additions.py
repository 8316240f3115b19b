"""Write what the other lists add: coordinates and new sectors, pupils, names of governing bodies, postcode areas."""

from __future__ import annotations

from datetime import date

from leerkracht.organisations.kernel.register import (
    BodyPlan,
    ChangedSchool,
    CoordinatePlan,
    Plan,
    PostcodePlan,
    PupilPlan,
    SchoolPoint,
    folded,
)
from leerkracht.organisations.models import GoverningBody, Location, PostcodeArea, PupilCount, School

from .batches import BATCH, Progress, keys, parts, upsert
from .locations import LocationWriter

Todo = CoordinatePlan | PupilPlan | BodyPlan | PostcodePlan


def write(todo: object, today: date, progress: Progress) -> None:
    """Write a plan of any of these kinds."""
    if isinstance(todo, CoordinatePlan):
        _write_coordinates(todo, today, progress)
    elif isinstance(todo, PupilPlan):
        _write_pupils(todo, progress)
    elif isinstance(todo, BodyPlan):
        _write_bodies(todo)
    elif isinstance(todo, PostcodePlan):
        _write_postcodes(todo, progress)


def _write_coordinates(todo: CoordinatePlan, today: date, progress: Progress) -> None:
    for sector in sorted({found.sector for found in todo.new}):
        rows = [found.row for found in todo.new if found.sector == sector]
        schools = _schools_of([found for found in todo.new if found.sector == sector])
        LocationWriter(sector, today, progress).write(Plan(new=rows, schools=schools))
    found_by_code = {found.row.code: found for found in [*todo.new, *todo.changed]}
    done = 0
    for part in parts(list(found_by_code)):
        locations = list(Location.objects.filter(code__in=part))
        for location in locations:
            location.kind, location.latitude, location.longitude = found_by_code[location.code].facts
        Location.objects.bulk_update(locations, ["kind", "latitude", "longitude"], batch_size=BATCH // 2)
        done += len(part)
        progress(done, len(found_by_code))


def _schools_of(found: list[SchoolPoint]) -> list[ChangedSchool]:
    """The schools of new locations, with a search text over all their locations; a known school keeps its name."""
    known: dict[str, list[tuple[str, str, str]]] = {}
    names: dict[str, str] = {}
    for part in parts(sorted({point.row.school_code for point in found})):
        names |= dict(School.objects.filter(code__in=part).values_list("code", "name"))
        rows = Location.objects.filter(school__code__in=part).values_list("school__code", "code", "name", "place")
        for school, *texts in rows:
            known.setdefault(school, []).append((texts[0], texts[1], texts[2]))
    for point in found:
        known.setdefault(point.row.school_code, []).append((point.row.code, point.row.name, point.row.place))
    return [_school(code, sorted(rows), names.get(code)) for code, rows in sorted(known.items())]


def _school(code: str, rows: list[tuple[str, str, str]], name: str | None) -> ChangedSchool:
    texts = [text for location, called, place in rows for text in (called, place, location)]
    return ChangedSchool(code, name or rows[0][1], "", folded(*dict.fromkeys(texts)))


def _write_pupils(todo: PupilPlan, progress: Progress) -> None:
    counts = todo.new | todo.changed
    ids = dict(pair for part in parts(list(counts)) for pair in keys(part))
    rows = [
        PupilCount(location_id=ids[code], year=year, pupils=pupils, is_few=pupils is None)
        for code, by_year in counts.items()
        for year, pupils in by_year.items()
    ]
    for start in range(0, len(rows), BATCH * 20):
        part = rows[start : start + BATCH * 20]
        PupilCount.objects.bulk_create(
            part,
            update_conflicts=True,
            unique_fields=["location", "year"],
            update_fields=["pupils", "is_few"],
            batch_size=BATCH,
        )
        progress(start + len(part), len(rows))


def _write_bodies(todo: BodyPlan) -> None:
    names = {row.number: row.name for row in [*todo.new, *todo.changed]}
    for part in parts(list(names)):
        bodies = list(GoverningBody.objects.filter(number__in=part))
        for body in bodies:
            body.name = names[body.number]
        GoverningBody.objects.bulk_update(bodies, ["name"], batch_size=BATCH)


def _write_postcodes(todo: PostcodePlan, progress: Progress) -> None:
    rows = [
        PostcodeArea(code=row.code, place=row.place, latitude=row.latitude, longitude=row.longitude)
        for row in [*todo.new, *todo.changed]
    ]
    upsert(rows, ["place", "latitude", "longitude"], lambda done: progress(done, len(rows)))
