"""Read the national register and work out what it changes: bytes and plain facts in, a plan out."""

from .differences import ChangedSchool, KnownLocation, KnownSchool, Plan, Snapshot, plan
from .reading import EXPECTED, LocationRow, RefusedRow, RegisterFile, UnknownFile, read
from .words import folded, place_name

__all__ = [
    "EXPECTED",
    "ChangedSchool",
    "KnownLocation",
    "KnownSchool",
    "LocationRow",
    "Plan",
    "RefusedRow",
    "RegisterFile",
    "Snapshot",
    "UnknownFile",
    "folded",
    "place_name",
    "plan",
    "read",
]
