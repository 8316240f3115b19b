"""What comes over the page for a moment: dialogs and messages."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .html import element
from .marks import icon as draw_icon

register = template.Library()

TOAST_ICONS = {
    "success": "circle-check",
    "info": "info",
    "warning": "triangle-alert",
    "error": "circle-alert",
    "debug": "info",
}


@register.simple_block_tag
def dialog(content: str, id: str, title: str, shown: bool = False, **more: object) -> SafeString:  # noqa: A002
    """Make a dialog; ``data_dialog_open="id"`` on a button opens it, ``shown`` opens it on arrival (a refused form)."""
    # The close key comes last, so that the first focus goes to the work: a field, or the next step.
    close = element(
        "button", draw_icon("x", _("Sluiten")),
        type="button", class_="button dialog-close", data_kind="plain", data_only=True, data_dialog_close=True,
    )  # fmt: skip
    return element(
        "dialog", element("h2", title, id=f"{id}-title"), element("div", content, class_="dialog-body"), close,
        id=id, class_="dialog", data_dialog=True, data_dialog_shown=bool(shown), aria_labelledby=f"{id}-title", **more,
    )  # fmt: skip


@register.simple_tag
def toast(message: object, kind: str = "info") -> SafeString:
    """Show one message: ``kind`` is Django's level tag (success, info, warning, error)."""
    kind = kind if kind in TOAST_ICONS else "info"
    close = element(
        "button", draw_icon("x", _("Melding weghalen")),
        type="button", class_="button needs-js", data_kind="plain", data_only=True,
        data_size="small", data_toast_close=True,
    )  # fmt: skip
    return element(
        "div",
        draw_icon(TOAST_ICONS[kind]),
        element("p", message),
        close,
        class_="toast",
        data_kind=kind,
        data_toast=True,
    )
