"""Which role is worn at which kind of place, and who may hand it out or take it back."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from enum import Enum


class Place(Enum):
    TEAM = "team"
    SCHOOL = "school"
    GOVERNING_BODY = "governing_body"
    REGION = "region"
    EVERYWHERE = "everywhere"


_EVERYWHERE = frozenset({Place.EVERYWHERE})
_SCHOOL = frozenset({Place.SCHOOL})

PLACE_OF_ROLE: dict[str, frozenset[Place]] = {
    "TEACHER": frozenset({Place.TEAM}),
    "SCHOOL_COACH": _SCHOOL,
    "SCHOOL_LEADER": _SCHOOL,
    "EXPERT_COACH": frozenset({Place.SCHOOL, Place.REGION}),
    "CHANGE_COACH": frozenset({Place.SCHOOL, Place.GOVERNING_BODY}),
    "GOVERNING_BODY_LEAD": frozenset({Place.GOVERNING_BODY}),
    "CENTRAL_TEAM": _EVERYWHERE,
    "ADMINISTRATOR": _EVERYWHERE,
    "RESEARCHER": _EVERYWHERE,
    "FUND": _EVERYWHERE,
    "EDITOR": _EVERYWHERE,
    "READER": _EVERYWHERE,
}

# Who hands out, and takes back, which role: at the own place, except for the two that work everywhere.
INVITES: dict[str, frozenset[str]] = {
    "SCHOOL_COACH": frozenset({"TEACHER", "SCHOOL_COACH", "SCHOOL_LEADER"}),
    "SCHOOL_LEADER": frozenset({"TEACHER", "SCHOOL_COACH", "SCHOOL_LEADER"}),
    "CENTRAL_TEAM": frozenset(PLACE_OF_ROLE) - {"CENTRAL_TEAM", "ADMINISTRATOR", "READER"},
    "ADMINISTRATOR": frozenset({"CENTRAL_TEAM", "ADMINISTRATOR"}),
}

# These two read a school's set-up; they may invite its school coach as long as it has none.
FIRST_COACH_BY = frozenset({"EXPERT_COACH", "CHANGE_COACH"})


def may_hand_out(role: str, *, held: AbstractSet[str], has_coach: bool) -> bool:
    """Whether someone who wears ``held`` at a place may give ``role`` there, or take it back.

    ``has_coach`` says whether the school has a school coach, or one who was invited; elsewhere it does not matter.
    """
    if any(role in INVITES.get(own, ()) for own in held):
        return True
    return role == "SCHOOL_COACH" and not has_coach and not FIRST_COACH_BY.isdisjoint(held)
