"""How long a sign-in lasts, and how a device is called in words."""

from __future__ import annotations

from dataclasses import dataclass

# The first that fits wins: a browser names its ancestors too (Edge calls itself Chrome, Chrome calls itself Safari).
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SessionLimits:
    """Seconds: ``idle`` without a request, ``whole`` since signing in, whatever happens."""

    idle: int
    whole: int


def is_over(*, began_at: float | None, seen_at: float | None, now: float, limits: SessionLimits) -> bool:
    """Say whether a sign-in has ended; one that does not say when it began has."""
    if began_at is None or seen_at is None:
        return True
    return now - began_at >= limits.whole or now - seen_at >= limits.idle


def device_words(user_agent: str) -> tuple[str, str]:
    """Return browser and machine by their own names; empty where nothing is recognised."""
    return _first(user_agent, _BROWSERS), _first(user_agent, _MACHINES)


def _first(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
