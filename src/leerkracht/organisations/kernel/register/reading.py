"""Which published list a file is, by its header alone, and the order in which lists build on each other."""

from __future__ import annotations

from . import coordinates, locations, names, postcodes, pupils
from .coordinates import CoordinateFile, is_coordinates, read_coordinates
from .locations import RegisterFile, read_locations
from .names import BodyFile, InstitutionFile, is_bodies, is_institutions, read_bodies, read_institutions
from .postcodes import PostcodeFile, check_no_places, is_postcodes, read_postcodes
from .pupils import PupilFile, is_pupils, read_pupils
from .tables import table

AnyFile = RegisterFile | CoordinateFile | InstitutionFile | BodyFile | PostcodeFile | PupilFile
# Names and pupils need their schools; a geocoded list must know which sectors have a complete list.
ORDER = (postcodes.KIND, locations.KIND, coordinates.KIND, names.INSTITUTIONS, names.BODIES, pupils.KIND)


def read(raw: bytes) -> AnyFile:
    """Read a file of any kind that this importer knows.

    Raises
    ------
    UnknownFile : the header is of none of them; the message says what was found or missing
    """
    found = table(raw)
    check_no_places(found)
    if is_pupils(found):
        return read_pupils(found)
    if is_coordinates(found):
        return read_coordinates(found)
    if is_postcodes(found):
        return read_postcodes(found)
    if is_bodies(found):
        return read_bodies(found)
    if is_institutions(found):
        return read_institutions(found)
    return read_locations(found)
