"""When a register file is too incomplete to believe."""

from __future__ import annotations

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

FEW_CLOSED = 100
SHARE_CLOSED = 0.1


class TooManyClosed(Refusal):
    pass


def check_closing(*, closed: int, open_now: int) -> None:
    """Refuse a file that would close more than a hundred and more than a tenth of what is open: it is not complete."""
    if closed > FEW_CLOSED and closed > SHARE_CLOSED * open_now:
        raise TooManyClosed(
            "register.too_many_closed",
            _(
                "Dit bestand noemt %(closed)s van de %(open)s open vestigingen niet; die zouden nu sluiten. "
                "Is het bestand volledig? Geef dan ook --many-closed op."
            ),
            closed=closed,
            open=open_now,
        )
