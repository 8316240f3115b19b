"""Who acts, and how long a sign-in lasts: plain values in, plain values out."""

from .actors import DEVICE, GUEST, PERSON, SYSTEM, THE_SYSTEM, Actor, person_actor
from .sessions import SessionLimits, device_words, is_over

__all__ = [
    "DEVICE",
    "GUEST",
    "PERSON",
    "SYSTEM",
    "THE_SYSTEM",
    "Actor",
    "SessionLimits",
    "device_words",
    "is_over",
    "person_actor",
]
