"""Arrange the foundation's regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from leerkracht.accounts.models import Person
from leerkracht.accounts.services import audit
from leerkracht.organisations.models import Province, Region, RoleAssignment
from leerkracht.organisations.rules.regions import check_regions, check_removal


@dataclass(frozen=True)
class Arrangement:
    """``names`` by region, ``regions`` (or none) by province, and the name of one more region (empty: none)."""

    names: Mapping[int, str]
    regions: Mapping[int, int | None]
    new: str = field(default="")


@transaction.atomic
def arrange_regions(*, wanted: Arrangement, by: Person, now: datetime) -> int:
    """Write names and provinces that differ, and add the new region; returns how many things changed.

    Raises
    ------
    RegionRefused : a region without a name, or two with the same
    """
    check_regions(names=wanted.names, new=wanted.new)
    regions = list(Region.objects.filter(pk__in=wanted.names))
    renamed = [region for region in regions if region.name != wanted.names[region.pk]]
    for region in renamed:
        region.name = wanted.names[region.pk]
    # By way of a name that nobody has: two regions may swap theirs.
    Region.objects.bulk_update([Region(pk=region.pk, name=f"#{region.pk}#") for region in renamed], ["name"])
    Region.objects.bulk_update(renamed, ["name"])
    moved = [row for row in Province.objects.filter(pk__in=wanted.regions) if row.region_id != wanted.regions[row.pk]]
    for province in moved:
        province.region_id = wanted.regions[province.pk]
    Province.objects.bulk_update(moved, ["region"])
    made = [Region.objects.create(name=wanted.new)] if wanted.new else []
    for thing in (*renamed, *moved, *made):
        audit.record(act="organisations.regions_arranged", by=by, target=thing, at=now)
    return len(renamed) + len(moved) + len(made)


@transaction.atomic
def remove_region(*, region: Region, by: Person, now: datetime) -> None:
    """Take away a region to which nothing belongs.

    Raises
    ------
    RegionRefused : provinces or roles of coaches, past ones included, belong to it
    """
    roles = RoleAssignment.objects.filter(region=region).count()
    check_removal(name=region.name, provinces=region.provinces.count(), roles=roles)
    audit.record(act="organisations.region_removed", by=by, target=region, at=now)
    region.delete()
