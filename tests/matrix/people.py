"""Everyone who may knock: each role in each relation to the same team, school and governing body.

A name says role and relation: ``coach`` is one of the own school, ``coach_elsewhere`` of another. "Own" is always the
place that the routes of the matrix ask for.
"""

from __future__ import annotations

from collections.abc import Iterable

from leerkracht.organisations.models import Role

# Role, the name in the table, and where it is held: the matrix asks each at its own place and elsewhere.
AT_A_SCHOOL = {Role.SCHOOL_COACH: "coach", Role.SCHOOL_LEADER: "leader", Role.EXPERT_COACH: "expert"}
AT_A_SCHOOL |= {Role.CHANGE_COACH: "change"}
AT_A_BODY = {Role.GOVERNING_BODY_LEAD: "lead"}
EVERYWHERE = {
    Role.CENTRAL_TEAM: "central",
    Role.ADMINISTRATOR: "administrator",
    Role.RESEARCHER: "researcher",
    Role.FUND: "fund",
    Role.EDITOR: "editor",
    Role.READER: "reader",
}

TEACHERS = ("member", "colleague", "teacher_elsewhere")
COOKIES = ("visitor", "device", "device_elsewhere", "device_revoked", "guest", "guest_elsewhere", "guest_expired")
# Who were somebody until yesterday, or are no longer active.
FORMER = ("former_member", "former_coach", "former_central", "former_reader", "former_expert_invited")
HALF = ("central_half", "expert_half")  # a role that asks a second factor, which this sign-in did not show


def _both(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for own in names for name in (own, f"{own}_elsewhere"))


SIGNED_IN = (
    "nobody",
    *TEACHERS,
    *_both(AT_A_SCHOOL.values()),
    "expert_invited",
    "change_of_body",
    *_both(("expert_of_region",)),
    *_both(AT_A_BODY.values()),
    *EVERYWHERE.values(),
    *FORMER,
)
EVERYBODY = (*COOKIES, *SIGNED_IN, *HALF)

# The words of the table; each stands for a row or column of access.md.
GROUPS: dict[str, tuple[str, ...]] = {
    "everybody": EVERYBODY,
    "signed_in": SIGNED_IN,
    "cookies": COOKIES,
    "half": HALF,
    "teachers": TEACHERS,
    "school": ("coach", "leader"),
    # Coaches of the foundation and of the body at the own school; only expert_invited was asked to read the board.
    "outside": ("expert", "change", "change_of_body", "expert_invited", "former_reader"),
    # Who keep the contacts of the own school and its body, besides the central team.
    "keepers": ("expert_of_region", "change_of_body"),
    # The wall and the phone that belong to this board and its running session.
    "at_the_board": ("device", "guest"),
}


def names(words: str) -> tuple[str, ...]:
    """People named by ``words``, with groups written out; an unknown word is a mistake in the table."""
    found = [name for word in words.split() for name in GROUPS.get(word, (word,))]
    unknown = set(found) - set(EVERYBODY)
    if unknown or len(found) != len(set(found)):
        raise ValueError(f"unknown or twice: {sorted(unknown) or words}")
    return tuple(found)
