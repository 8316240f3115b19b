"""What all rooms say alike when something is refused."""

from __future__ import annotations


def gettext_noop(text: str) -> str:
    """Mark ``text`` for translation; the edge translates it (rules know no language)."""
    return text


class Refusal(Exception):
    """A foreseen no: a code for machines, a sentence for people (what happened, why, what now)."""

    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(message % values if values else message)
        self.code = code
        self.message = message
        self.values = values
