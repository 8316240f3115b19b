"""Read the national register and work out what it changes: bytes and plain facts in, a plan out."""

from .coordinates import CoordinateFile, CoordinatePlan, SchoolPoint, plan_coordinates
from .differences import MADE_UP, ChangedSchool, KnownLocation, KnownSchool, Plan, Snapshot, plan
from .locations import EXPECTED, LocationRow, RegisterFile
from .names import BodyFile, BodyPlan, InstitutionFile, plan_bodies, plan_institutions
from .postcodes import PostcodeFile, PostcodePlan, plan_postcodes
from .pupils import PupilFile, PupilPlan, plan_pupils
from .reading import ORDER, AnyFile, read
from .tables import RefusedRow, UnknownFile
from .words import folded, place_name

__all__ = [
    "EXPECTED",
    "MADE_UP",
    "ORDER",
    "AnyFile",
    "BodyFile",
    "BodyPlan",
    "ChangedSchool",
    "CoordinateFile",
    "CoordinatePlan",
    "InstitutionFile",
    "KnownLocation",
    "KnownSchool",
    "LocationRow",
    "Plan",
    "PostcodeFile",
    "PostcodePlan",
    "PupilFile",
    "PupilPlan",
    "RefusedRow",
    "RegisterFile",
    "SchoolPoint",
    "Snapshot",
    "UnknownFile",
    "folded",
    "place_name",
    "plan",
    "plan_bodies",
    "plan_coordinates",
    "plan_institutions",
    "plan_postcodes",
    "plan_pupils",
    "read",
]
