"""Boards: the log, the cards it is applied to, the sessions, and who may come in."""

from .boards import Board, BoardReader, Operation, Section
from .cards import Action, Goal, Measurement, Note
from .guests import BoardDevice, SessionGuest
from .sessions import Attendance, BoardSession, CheckInTally
from .themes import Theme, ThemeAdoption

__all__ = [
    "Action",
    "Attendance",
    "Board",
    "BoardDevice",
    "BoardReader",
    "BoardSession",
    "CheckInTally",
    "Goal",
    "Measurement",
    "Note",
    "Operation",
    "Section",
    "SessionGuest",
    "Theme",
    "ThemeAdoption",
]
