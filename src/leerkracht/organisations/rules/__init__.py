"""What is allowed with places, people and roles: plain values in, a value or a refusal out."""

from .roles import FIRST_COACH_BY, INVITES, PLACE_OF_ROLE, Place, may_hand_out
from .words import SectorWords, words_for

__all__ = ["FIRST_COACH_BY", "INVITES", "PLACE_OF_ROLE", "Place", "SectorWords", "may_hand_out", "words_for"]
