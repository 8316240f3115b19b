"""Whether somebody may be erased."""

from __future__ import annotations

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _


class LastOne(Refusal):
    pass


def check_not_last(role: str, *, own: bool, others: int) -> None:
    """Refuse when nobody else wears a role without which nobody can be let in."""
    if own and not others:
        text = _("Dit is de laatste met de rol ‘%(what)s’. Nodig eerst een ander voor die rol uit.")
        raise LastOne("last", text, what=role)
