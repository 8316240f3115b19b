"""Words that differ by sector, and the names of sections in them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leerkracht.organisations.models import Sector
from leerkracht.organisations.rules.words import words_for

from ..models import Section
from ..rules.entities import Section as SectionCard


@dataclass(frozen=True)
class SectorWords:
    """What a sector calls whom it teaches."""

    pupil: str
    pupils: str
    group: str
    goals: str

    def fill(self, text: str) -> str:
        """Put the sector's words where ``text`` says ``%(pupils)s`` and the like."""
        return text % {"pupil": self.pupil, "pupils": self.pupils, "group": self.group}


def sector_words(sector: str) -> SectorWords:
    """Return the words of a sector in the reader's language."""
    words = words_for(sector)
    goals = _("Studentdoelen") if sector == Sector.VOCATIONAL else _("Leerlingdoelen")
    return SectorWords(_(words.pupil), _(words.pupils), _(words.group), goals)


def title_of(section: SectionCard, words: SectorWords) -> str:
    """Return what stands above a section: the team's own name, or the method's."""
    if section.title:
        return section.title
    if section.kind == "CHECK_IN":
        return _("Hoe zit je erbij?")
    return words.goals if section.kind == "GOALS" else str(Section.Kind(section.kind).label)
