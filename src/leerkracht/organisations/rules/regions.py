"""Which provinces make a region of the foundation."""

from __future__ import annotations

from collections.abc import Mapping

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _


class RegionRefused(Refusal):
    pass


def check_regions(*, names: Mapping[int, str], new: str) -> None:
    """Refuse a region without a name, and two of the same name."""
    given = [name.casefold() for name in (*names.values(), new) if name]
    if not all(names.values()):
        raise RegionRefused("regions.no_name", _("Een regio heeft een naam nodig. Vul hem in, of haal de regio weg."))
    if len(set(given)) != len(given):
        raise RegionRefused(
            "regions.twice", _("Twee regio’s hebben dezelfde naam. Geef een van beide een andere naam.")
        )


def check_removal(*, name: str, provinces: int, roles: int) -> None:
    """Refuse to take a region away while provinces or coaches belong to it."""
    if provinces or roles:
        text = _(
            "Bij ‘%(region)s’ horen nog %(provinces)s provincies en %(roles)s rollen van coaches. Geef die eerst een "
            "andere regio."
        )
        raise RegionRefused("regions.in_use", text, region=name, provinces=provinces, roles=roles)
