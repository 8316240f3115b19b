"""The mood in the room: who may still tap, and when the totals name nobody."""

from __future__ import annotations

from msgspec import Struct, field

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .wire import Standing

MOODS = (1, 2, 3)
FEWEST_SHOWN = 3  # when the step ends before everybody tapped: one tap's total would be one person's mood
OVER = _("De check-in is voorbij. Vertel het gerust in de groep.")


class CheckInRefused(Refusal):
    """A tap that cannot count, with the reason."""


class Tally(Struct, frozen=True):
    """Totals of low, neutral and happy, and who tapped (never what); the wall taps without a name."""

    totals: tuple[int, int, int] = (0, 0, 0)
    tapped: frozenset[str] = field(default_factory=frozenset)

    @property
    def taps(self) -> int:
        return sum(self.totals)


def tap(tally: Tally, mood: int, *, who: str, present: int) -> Tally:
    """Count one tap of ``who`` (empty for the wall), each person once and no more than there are people."""
    if mood not in MOODS:
        raise CheckInRefused("unknown_mood", _("Kies een van de drie gezichten."))
    if who and who in tally.tapped:
        raise CheckInRefused("tapped_before", _("Je hebt al getikt. Eén tik per persoon, zo klopt het beeld."))
    if tally.taps >= present:
        raise CheckInRefused("all_tapped", _("Iedereen die er is heeft al getikt."))
    low, neutral, happy = (total + (place == mood) for place, total in zip(MOODS, tally.totals, strict=True))
    return Tally((low, neutral, happy), tally.tapped | ({who} if who else set()))


def standing(tally: Tally, *, present: int, is_over: bool) -> Standing:
    """What everybody may see: the totals once all who are present tapped, or the step is over with enough taps."""
    is_shown = 0 < present <= tally.taps or (is_over and tally.taps >= FEWEST_SHOWN)
    return Standing(tally.taps, present, tally.totals if is_shown else None)
