"""What this room writes in the audit trail, in words."""

from leerkracht.core.rules import gettext_noop as _

ACTS = {
    "boards.opened": _("Bord opgehangen"),
    "boards.archived": _("Bord opgeborgen"),
    "boards.restored": _("Bord teruggehangen"),
    "boards.device_opened": _("Scherm aan het bord gekoppeld"),
    "boards.device_revoked": _("Scherm losgekoppeld"),
    "boards.reader_invited": _("Coach gevraagd mee te lezen"),
    "boards.reader_ended": _("Meelezen gestopt"),
    "boards.theme_added": _("Thema toegevoegd"),
    "boards.theme_added_over_limit": _("Derde thema toegevoegd, met reden"),
    "boards.theme_active": _("Thema begonnen"),
    "boards.theme_closed": _("Thema afgesloten"),
    "boards.theme_dropped": _("Thema vervallen"),
    "boards.theme_adopted": _("Thema gekozen door team"),
    "boards.theme_let_go": _("Thema losgelaten door team"),
}
