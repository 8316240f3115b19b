"""What pupils and their groups are called in each sector (msgids; the edge translates)."""

from __future__ import annotations

from dataclasses import dataclass

from leerkracht.core.rules import gettext_noop as _


@dataclass(frozen=True)
class SectorWords:
    pupil: str
    pupils: str
    group: str
    groups: str


_PRIMARY = SectorWords(_("leerling"), _("leerlingen"), _("groep"), _("groepen"))
_WORDS = {
    "PO": _PRIMARY,
    "SO": _PRIMARY,
    "VO": SectorWords(_("leerling"), _("leerlingen"), _("klas"), _("klassen")),
    "MBO": SectorWords(_("student"), _("studenten"), _("klas"), _("klassen")),
}


def words_for(sector: str) -> SectorWords:
    """The words of a sector; those of primary schools where the sector is not known."""
    return _WORDS.get(sector, _PRIMARY)
