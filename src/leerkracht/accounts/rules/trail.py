"""Acts of the trail that the trail itself is checked by, and how soon what was written is sealed."""

from __future__ import annotations

from datetime import datetime, timedelta

FORGOTTEN = "accounts.content_forgotten"  # target: a seal and how many of its rows were emptied
RESTORED = "accounts.restore_accepted"  # target: the seal that the chain goes on from
ANCHORED = "accounts.anchor_begun"  # target: the seal that the first line of the anchor knows
VERIFIED = "accounts.chain_verified"  # target: the newest seal that was looked at
BROKEN = "accounts.chain_broken"  # target: the first seal that is not as it was
SHOWN = "accounts.people_shown"  # target: a page, or the one person or contact it is about
WITNESSES = frozenset({FORGOTTEN, RESTORED})  # lines that are never emptied: what is missing is explained by them
EVERY_SECONDS = 20  # how often what was written is sealed
LONGEST_SECONDS = 60  # how long a row may wait for its seal

NIGHT_HOURS = range(1, 5)
A_NIGHT, A_DAY_AND_A_HALF = timedelta(hours=20), timedelta(hours=36)


def is_look_due(last: datetime | None, now: datetime) -> bool:
    """Whether everything is looked at now: never before, or each night; by day only where nights were missed.

    ``now`` is in local time; ``last`` may be in any zone.
    """
    if last is None:
        return True
    since = now - last
    return since >= A_DAY_AND_A_HALF or (since >= A_NIGHT and now.hour in NIGHT_HOURS)


def forgotten_target(seal: int, count: int) -> str:
    return f"{seal} {count}"


def read_forgotten(target: str) -> tuple[int, int] | None:
    """Return seal and count, or None for a text that holds no such thing."""
    seal, _, count = target.partition(" ")
    return (int(seal), int(count)) if seal.isdigit() and count.isdigit() else None
