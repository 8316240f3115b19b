"""What ``leerkracht doctor`` looks at: each module here answers with findings in words."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    FINE = "fine"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: ``text`` says how it is, and for what is wrong also what to do."""

    about: str
    level: Level
    text: str


def fine(about: str, text: str) -> Finding:
    return Finding(about, Level.FINE, text)


def note(about: str, text: str) -> Finding:
    return Finding(about, Level.NOTE, text)


def wrong(about: str, text: str) -> Finding:
    return Finding(about, Level.WRONG, text)
