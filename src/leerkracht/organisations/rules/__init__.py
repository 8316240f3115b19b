"""What is allowed with places, people and roles: plain values in, a value or a refusal out."""

from .roles import FIRST_COACH_BY, INVITES, PLACE_OF_ROLE, Place

__all__ = ["FIRST_COACH_BY", "INVITES", "PLACE_OF_ROLE", "Place"]
