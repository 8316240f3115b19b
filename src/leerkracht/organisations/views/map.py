"""The map of schools."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.views.pages import show
from leerkracht.organisations.forms import MapForm
from leerkracht.organisations.kernel import map as kernel
from leerkracht.organisations.models import Location
from leerkracht.organisations.queries import map as queries
from leerkracht.organisations.queries import places
from leerkracht.organisations.queries import schools as found

FEW = 40  # so many dots each have a link, and a number that the table beside repeats


@dataclass(frozen=True)
class Mark:
    """A dot with a link: its number, where it stands in the picture, and what it is."""

    number: int
    x: int
    y: int
    location: Location
    is_marked: bool


def school_map(request: PersonRequest) -> HttpResponse:
    """Dots of the schools that are looked for, with a table of those in sight; htmx takes map and table alone."""
    today = timezone.localdate()
    sees_stages = found.sees_stages(request.user, today)
    form = MapForm(request.GET, sees_stages=sees_stages)
    wanted = form.wanted()
    seen = queries.seen(request.user, wanted, form.window(), today)
    page = Paginator(queries.locations_of(seen.dots), FEW).get_page(request.GET.get("page"))
    has_links = len(seen.dots) <= FEW
    window = seen.window
    context = {
        "form": form,
        "wanted": wanted,
        "sees_stages": sees_stages,
        "body": places.body_named(wanted.body),
        "seen": seen,
        "page": page,
        "marks": _marks(seen, list(page.object_list)) if has_links else [],
        "parts": [] if has_links else [(part, _link(request, part.window)) for part in _parts(seen)],
        "ground": kernel.path(window, queries.ground(window)) if has_links else "",
        "others": "" if has_links else kernel.path(window, (dot for dot in seen.dots if not dot.is_marked)),
        "taking_part": "" if has_links else kernel.path(window, (dot for dot in seen.dots if dot.is_marked)),
        "keys": _keys(request, window),
        "scale": kernel.scale_bar(window),
        "view_box": f"0 0 {kernel.WIDTH:.0f} {kernel.HEIGHT:.0f}",
        "list_query": _query(request, None),
    }
    return show(request, "organisations/map.html", part="map", context=context)


def _parts(seen: queries.Seen) -> list[kernel.Quarter]:
    return kernel.quarters(seen.window, seen.dots)


def _marks(seen: queries.Seen, locations: list[Location]) -> list[Mark]:
    dots = {dot.key: dot for dot in seen.dots}
    return [
        Mark(number, *seen.window.point(dots[row.pk].latitude, dots[row.pk].longitude), row, dots[row.pk].is_marked)
        for number, row in enumerate(locations, start=1)
    ]


def _keys(request: PersonRequest, window: kernel.Window) -> dict[str, str]:
    """Where each key of the map leads; none where it would lead nowhere."""
    to = {
        "in": window.zoomed(1),
        "out": window.zoomed(-1),
        "all": kernel.Window(),
        "north": window.moved(0.5, 0),
        "south": window.moved(-0.5, 0),
        "west": window.moved(0, -0.5),
        "east": window.moved(0, 0.5),
    }
    return {name: "" if other == window else _link(request, other) for name, other in to.items()}


def _link(request: PersonRequest, window: kernel.Window) -> str:
    return _query(request, f"{window.latitude:.4f},{window.longitude:.4f},{window.zoom}")


def _query(request: PersonRequest, at: str | None) -> str:
    """This page's query with another window, or with none, on the first page."""
    kept = [(name, value) for name, value in request.GET.items() if name not in ("at", "page") and value]
    return "?" + urlencode([*kept, ("at", at)] if at else kept)
