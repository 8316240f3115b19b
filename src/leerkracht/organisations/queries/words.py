"""Sector words and roles in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from leerkracht.organisations.models import School
from leerkracht.organisations.rules import SectorWords, words_for

from .roles import Hat


def words_in_language(sector: str) -> SectorWords:
    """The sector's words, translated."""
    words = words_for(sector)
    return SectorWords(gettext(words.pupil), gettext(words.pupils), gettext(words.group), gettext(words.groups))


def words_of_hat(hat: Hat | None) -> SectorWords:
    """The words of the school that the hat belongs to; at most one query."""
    school_id = hat.school_id if hat else None
    sector = School.objects.filter(pk=school_id).values_list("sector", flat=True).first() if school_id else None
    return words_in_language(sector or "")
