"""Where the made-up schools lie, how many pupils they have, and what some were called: worked out from their order."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import cos, pi, sin, sqrt

from leerkracht.organisations.models import FormerName, Location, PupilCount
from leerkracht.organisations.services.school_facts import settle_school_facts

from .world import World

# Somewhere in the middle of each province, in degrees, and how far its schools lie around it.
MIDDLES = {
    "Groningen": (53.25, 6.70, 0.17),
    "Friesland": (53.10, 5.80, 0.20),
    "Drenthe": (52.88, 6.62, 0.18),
    "Overijssel": (52.44, 6.45, 0.20),
    "Flevoland": (52.53, 5.58, 0.13),
    "Gelderland": (52.05, 6.00, 0.22),
    "Utrecht": (52.10, 5.18, 0.13),
    "Noord-Holland": (52.60, 4.88, 0.20),
    "Zuid-Holland": (51.97, 4.52, 0.17),
    "Zeeland": (51.48, 3.85, 0.16),
    "Noord-Brabant": (51.57, 5.18, 0.20),
    "Limburg": (51.22, 5.95, 0.17),
}
TURN = pi * (3 - sqrt(5))  # seeds of a sunflower: no two in one place, none in a row
YEARS = range(5)


def build(world: World) -> None:
    """Give every made-up location a point and five years of pupils, and every ninth a former name."""
    by_province: dict[str, list[Location]] = defaultdict(list)
    for location in Location.objects.filter(school__code__startswith="ZZ").order_by("code"):
        by_province[location.province].append(location)
    last = world.today.year if world.today >= date(world.today.year, 10, 1) else world.today.year - 1
    located, counts, names = [], [], []
    for province, locations in by_province.items():
        for number, location in enumerate(locations):
            location.latitude, location.longitude = _point(province, number, len(locations))
            located.append(location)
            counts += [
                PupilCount(location=location, year=last - ago, pupils=_pupils(location.pk, ago)) for ago in YEARS
            ]
            if number % 9 == 4:
                until = date(last - 3, 8, 1)
                names.append(FormerName(location=location, name=f"Oude {location.name}", until_date=until))
    Location.objects.bulk_update(located, ["latitude", "longitude"])
    PupilCount.objects.bulk_create(counts)
    FormerName.objects.bulk_create(names)
    settle_school_facts()


def _point(province: str, number: int, count: int) -> tuple[float, float]:
    latitude, longitude, reach = MIDDLES[province]
    away = reach * sqrt((number + 0.5) / count)
    return round(latitude + away * sin(number * TURN), 4), round(longitude + 1.5 * away * cos(number * TURN), 4)


def _pupils(key: int, ago: int) -> int:
    return 90 + key * 37 % 260 + (key % 5 - 2) * 6 * ago
