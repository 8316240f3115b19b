"""Whose words each person may read: ``place.what`` of ``world.word``, by hand from access.md."""

from __future__ import annotations

import re

from .people import names

_WHAT = (
    "team people organisational board record device implementation theme roles invited "
    "central administrator researcher fund editor reader contact administration"
)
_WORD = re.compile(rf"Kanarie([a-z]+?)({'|'.join(_WHAT.split())})piept")

# Whoever holds the secret in the address reads what it opens: a code on the wall, a link in a mail.
BY_SECRET = ("boards:join", "boards:device-open", "organisations:invitation", "accounts:one-time-link")

_BOARD = "own.team own.people own.board own.device school.roles"
_SET_UP = "own.team own.people other.team other.people school.roles school.invited foundation.central"
_ALL_OWN = f"{_SET_UP} {_BOARD} own.record own.organisational school.implementation school.theme"

READS: dict[str, str] = {
    "member": f"{_BOARD} own.record own.organisational school.implementation school.theme",
    "colleague": "other.team other.people other.board other.record other.organisational other.device "
    "school.roles school.implementation school.theme",
    "school": f"{_ALL_OWN} other.board other.record other.organisational other.device",
    "expert change former_reader": _SET_UP,
    "change_of_body": f"{_SET_UP} body.roles kept.contact",
    "expert_of_region": "kept.contact",
    "expert_of_region_elsewhere": "keptelsewhere.contact",
    "expert_invited": f"{_SET_UP} own.board own.record",
    "lead": f"{_SET_UP} body.roles",
    "central": f"{_SET_UP} elsewhere.team elsewhere.people schoolelsewhere.roles body.roles body.invited "
    "everywhere.invited central.invited foundation.administrator foundation.researcher foundation.fund "
    "foundation.editor foundation.reader kept.contact keptelsewhere.contact "
    "foundation.administration",
    "administrator": "foundation.central foundation.administrator foundation.researcher foundation.fund "
    "foundation.editor central.invited",
    # The wall and the phone: this board and who stands at it. A phone reads no older records.
    "device": f"{_BOARD} own.record",
    "guest": _BOARD,
    # Their own name.
    "researcher": "foundation.researcher",
    "fund": "foundation.fund",
    "editor": "foundation.editor",
    "reader": "foundation.reader",
    "teacher_elsewhere coach_elsewhere leader_elsewhere device_elsewhere guest_elsewhere": "elsewhere schoolelsewhere",
    "expert_elsewhere change_elsewhere lead_elsewhere": "elsewhere.team elsewhere.people schoolelsewhere.roles "
    "schoolelsewhere.invited",
}
_MAY = {
    name: set(" ".join(text.split()).replace(",", " ").split()) for who, text in READS.items() for name in names(who)
}


PEOPLE = {"people", "roles", "contact", "invited", "central", "administrator", "researcher", "fund", "editor", "reader"}


def planted(said: str) -> set[str]:
    """The planted words in an answer, as ``place.what``."""
    return {f"{place}.{what}" for place, what in _WORD.findall(said)}


def leaked(who: str, route: str, said: str) -> list[str]:
    """Words in an answer that this person may not read."""
    if route.partition("@")[0] in BY_SECRET:
        return []
    may = _MAY.get(who, set())
    return sorted(word for word in planted(said) if word not in may and word.partition(".")[0] not in may)
