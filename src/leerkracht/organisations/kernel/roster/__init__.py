"""Staff rosters in OneRoster 1.2 CSV: files in, staff out. What is of pupils is counted, and not kept."""

from .files import folder_files, zip_files
from .reading import Class, Org, RefusedRow, Roster, RosterRefused, Staff, read_roster

__all__ = [
    "Class",
    "Org",
    "RefusedRow",
    "Roster",
    "RosterRefused",
    "Staff",
    "folder_files",
    "read_roster",
    "zip_files",
]
