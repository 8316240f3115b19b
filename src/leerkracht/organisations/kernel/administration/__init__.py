"""Take in the foundation's own administration: bytes and plain facts in, a plan out."""

from .coaches import KnownPerson, KnownRole, plan_coaches
from .columns import Guess, Line, guess, guess_columns, guess_head, lines_of, missing_columns, samples
from .contacts import KnownContact, plan_contacts
from .examples import example
from .files import MOST_BYTES, FileRefused, Row, Sheet, read_file
from .kinds import COACHES, CONTACTS, HISTORY, KINDS, STAGES, Kind
from .participation import Period, plan_participation
from .places import BodyRef, Places, RowRefused, SchoolRef
from .plans import CHANGED, NEW, REFUSED, SAME, Outcome, Plan, Setting, Write
from .stages import stage_of

__all__ = [
    "CHANGED",
    "COACHES",
    "CONTACTS",
    "HISTORY",
    "KINDS",
    "MOST_BYTES",
    "NEW",
    "REFUSED",
    "SAME",
    "STAGES",
    "BodyRef",
    "FileRefused",
    "Guess",
    "Kind",
    "KnownContact",
    "KnownPerson",
    "KnownRole",
    "Line",
    "Outcome",
    "Period",
    "Places",
    "Plan",
    "Row",
    "RowRefused",
    "SchoolRef",
    "Setting",
    "Sheet",
    "Write",
    "example",
    "guess",
    "guess_columns",
    "guess_head",
    "lines_of",
    "missing_columns",
    "plan_coaches",
    "plan_contacts",
    "plan_participation",
    "read_file",
    "samples",
    "stage_of",
]
