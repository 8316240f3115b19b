"""What this room writes in the audit trail, in words."""

from leerkracht.core.rules import gettext_noop as _

ACTS = {
    "organisations.role_given": _("Rol gegeven"),
}
