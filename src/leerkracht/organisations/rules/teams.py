"""What must hold for a team."""

from __future__ import annotations

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

FEWEST, MOST = 4, 10


class TeamRefused(Refusal):
    pass


def check_name_free(name: str, *, taken: bool) -> None:
    if taken:
        text = _("Er is op deze school al een team dat ‘%(name)s’ heet. Kies een andere naam.")
        raise TeamRefused("name_taken", text, name=name)


def check_working(*, is_archived: bool) -> None:
    if is_archived:
        raise TeamRefused("archived", _("Dit team staat in het archief. Haal het terug; dan kun je het veranderen."))


def size_advice(members: int) -> str:
    """A word of advice on the size of a team, or nothing: a board session works with four to ten."""
    if members > MOST:
        return _("Met meer dan tien mensen wordt een bordsessie lang. Maak er twee teams van.")
    if 0 < members < FEWEST:
        return _("Een bordsessie werkt het best met vier tot tien mensen.")
    return ""
