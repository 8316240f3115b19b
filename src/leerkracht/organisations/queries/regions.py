"""The foundation's regions, their provinces, and when the register was read in."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.http import Http404

from leerkracht.organisations.models import Location, Province, Region, RegisterImport


def regions() -> QuerySet[Region]:
    """Every region with ``size``, the number of its provinces."""
    return Region.objects.annotate(size=Count("provinces")).order_by("name")


def provinces() -> list[Province]:
    """Every province, each with ``locations``: how many open ones it has."""
    counted = Location.objects.filter(closed_date=None).values_list("province").annotate(Count("pk")).order_by()
    numbers: dict[str, int] = dict(counted)
    found = list(Province.objects.select_related("region").order_by("name"))
    for province in found:
        province.locations = numbers.get(province.name, 0)  # type: ignore[attr-defined]
    return found


def region_for(region_id: int) -> Region:
    """Return the region, or answer 404."""
    found = Region.objects.filter(pk=region_id).first()
    if found is None:
        raise Http404
    return found


def region_of(location: Location) -> Region | None:
    """The foundation's region in which a location lies."""
    return Region.objects.filter(provinces__name=location.province).first()


def imports() -> QuerySet[RegisterImport]:
    """Files of the register that were taken in, the latest first."""
    return RegisterImport.objects.order_by("-at", "-pk")


def provinces_by_region() -> tuple[list[Region], list[str]]:
    """Regions and the names of all provinces, both by name; two queries."""
    return list(Region.objects.order_by("name")), list(Province.objects.order_by("name").values_list("name", flat=True))
