"""A map of dots from coordinates alone: windows on the country, where a dot stands, and what lies in a quarter.

Degrees are WGS84. The picture is 1,000 units wide; over so small a country a degree of longitude is taken as long as it
is in the middle, so that shapes hold and a straight line is a distance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import asin, ceil, cos, floor, log2, radians, sin, sqrt

MIDDLE = (52.15, 5.3)
WIDTH, HEIGHT = 1000.0, 1150.0
COUNTRY_HEIGHT = 3.05  # degrees of latitude from Zuid-Limburg to Schiermonnikoog, with a margin
SHRINK = cos(radians(MIDDLE[0]))  # length of a degree of longitude in degrees of latitude
DEEPEST = 9
ROWS = COLUMNS = 4
EARTH_KM = 6371.0


@dataclass(frozen=True)
class Dot:
    """A location on the map: ``key`` is its id, ``place`` names where it lies, ``is_marked`` that it takes part."""

    key: int
    latitude: float
    longitude: float
    place: str = ""
    is_marked: bool = False


@dataclass(frozen=True)
class Window:
    """The part of the country in sight: its middle, and how often it was halved."""

    latitude: float = MIDDLE[0]
    longitude: float = MIDDLE[1]
    zoom: int = 0

    @property
    def height(self) -> float:
        """Degrees of latitude from top to bottom."""
        return COUNTRY_HEIGHT / 2.0**self.zoom

    @property
    def width(self) -> float:
        """Degrees of longitude from left to right."""
        return self.height * WIDTH / HEIGHT / SHRINK

    @property
    def south(self) -> float:
        return self.latitude - self.height / 2

    @property
    def west(self) -> float:
        return self.longitude - self.width / 2

    def point(self, latitude: float, longitude: float) -> tuple[int, int]:
        """Where a place stands in the picture, from the left and from the top."""
        x = (longitude - self.west) / self.width * WIDTH
        y = (1 - (latitude - self.south) / self.height) * HEIGHT
        return round(x), round(y)

    def holds(self, dot: Dot) -> bool:
        return (
            self.south <= dot.latitude < self.south + self.height
            and self.west <= dot.longitude < self.west + self.width
        )

    def moved(self, north: float, east: float) -> Window:
        """Move by a share of what is in sight, never out of the country."""
        return replace(
            self,
            latitude=_between(self.latitude + north * self.height, MIDDLE[0], COUNTRY_HEIGHT / 2),
            longitude=_between(self.longitude + east * self.width, MIDDLE[1], Window().width / 2),
        )

    def zoomed(self, steps: int) -> Window:
        """Closer (1) or further (-1); all the way out is the whole country."""
        zoom = min(DEEPEST, max(0, self.zoom + steps))
        return replace(self, zoom=zoom) if zoom else Window()

    def quarter(self, row: int, column: int) -> Window:
        """One of the parts that the window is cut into, a little wider than it."""
        return Window(
            latitude=self.south + self.height * (1 - (row + 0.5) / ROWS),
            longitude=self.west + self.width * (column + 0.5) / COLUMNS,
            zoom=min(DEEPEST, self.zoom + 2),
        )


@dataclass(frozen=True)
class Quarter:
    """A part of the window with dots in it: where it lies in the picture, how many dots, and the place of most."""

    row: int
    column: int
    count: int
    place: str
    window: Window


def fitting(dots: Sequence[Dot]) -> Window:
    """The closest window that holds all dots; the whole country when there are none."""
    if not dots:
        return Window()
    south, north = min(dot.latitude for dot in dots), max(dot.latitude for dot in dots)
    west, east = min(dot.longitude for dot in dots), max(dot.longitude for dot in dots)
    tall, wide = (north - south) * 1.1, (east - west) * 1.1
    needed = max(tall / COUNTRY_HEIGHT, wide / Window().width, 2**-DEEPEST)
    zoom = max(0, floor(log2(1 / needed)))
    return Window((south + north) / 2, (west + east) / 2, zoom) if zoom else Window()


def path(window: Window, dots: Iterable[Dot]) -> str:
    """All dots as one SVG path of lines without length: with round caps each is a dot, and together one element."""
    return "".join(f"M{x} {y}h0" for x, y in dict.fromkeys(window.point(dot.latitude, dot.longitude) for dot in dots))


def quarters(window: Window, dots: Iterable[Dot]) -> list[Quarter]:
    """Parts of the window that hold dots, row by row from the top left."""
    counts: Counter[tuple[int, int]] = Counter()
    places: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for dot in dots:
        x, y = window.point(dot.latitude, dot.longitude)
        at = min(ROWS - 1, int(y / HEIGHT * ROWS)), min(COLUMNS - 1, int(x / WIDTH * COLUMNS))
        counts[at] += 1
        places[at][dot.place] += 1
    return [
        Quarter(row, column, counts[row, column], places[row, column].most_common(1)[0][0], window.quarter(row, column))
        for row, column in sorted(counts)
    ]


def scale_bar(window: Window) -> tuple[int, int]:
    """A round number of kilometres of at most a quarter of the picture, and how wide that is in it."""
    across = kilometres(window.latitude, window.west, window.latitude, window.west + window.width)
    sizes = [size * 10**power for power in range(3) for size in (1, 2, 5)]
    best = max((size for size in sizes if size <= across / 4), default=1)
    return best, ceil(best / across * WIDTH)


def kilometres(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Great-circle distance in kilometres between two points in degrees (haversine)."""
    lat, lon, to_lat, to_lon = map(radians, (latitude, longitude, to_latitude, to_longitude))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _between(value: float, middle: float, reach: float) -> float:
    return min(middle + reach, max(middle - reach, value))
