"""What somebody can do: buttons, forms of one button, menus."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .html import attributes, element, hidden, join
from .marks import icon as draw_icon

register = template.Library()


@register.simple_tag
def button(
    label: str, kind: str = "quiet", icon: str = "", href: str = "", size: str = "", **more: object
) -> SafeString:
    """Write a button, or a link that looks like one.

    ``kind``: primary (one per screen), quiet, danger, plain. ``size``: small, large. ``only=True`` shows the icon
    alone, ``wide=True`` fills the line; the rest becomes attributes: ``type`` (submit), ``disabled``, ``hx_post``.
    """
    only, wide = more.pop("only", False), more.pop("wide", False)
    content = join(draw_icon(icon) if icon else "", hidden(label) if only else label)
    look = {
        "class_": "button", "data_kind": kind, "data_size": size or None,
        "data_only": bool(only), "data_wide": bool(wide), "title": label if only else None,
    }  # fmt: skip
    if href and not more.get("disabled"):
        return element("a", content, **look, href=href, **more)
    if href:
        more.pop("disabled")
        return element("a", content, **look, role="link", aria_disabled="true", **more)
    more["disabled"] = bool(more.get("disabled"))
    return element("button", content, **look, type=more.pop("type", "submit"), **more)


@register.simple_tag(takes_context=True)
def post_button(context: Context, label: str, action: str, kind: str = "quiet", **more: Any) -> SafeString:
    """Write a whole form of one button: posts ``fields`` (a dict) and ``name``/``value`` to ``action``.

    ``hx_…`` and ``form_…`` attributes go to the form, the rest to the button.
    """
    fields = more.pop("fields", None) or {}
    on_form = {key: more.pop(key) for key in list(more) if key.startswith("hx_")}
    on_form |= {key.removeprefix("form_"): more.pop(key) for key in list(more) if key.startswith("form_")}
    key = button(label, kind, str(more.pop("icon", "")), size=str(more.pop("size", "")), **more)
    inputs = [mark_safe(f"<input{attributes({'type': 'hidden', 'name': n, 'value': v})}>") for n, v in fields.items()]
    look = {"class_": "inline-form"} | on_form
    return element("form", token(context), *inputs, key, method="post", action=action, **look)


def token(context: Context) -> SafeString:
    """Write the form's token, as ``{% csrf_token %}`` does."""
    value = context.get("csrf_token")
    return mark_safe(f'<input type="hidden" name="csrfmiddlewaretoken" value="{value}">') if value else SafeString("")


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """Put buttons beside one another; the first is the next step."""
    return element("div", content, class_="actions")


@register.simple_block_tag
def menu(content: str, label: str, icon: str = "", kind: str = "quiet", **more: object) -> SafeString:
    """Fold links and buttons under one key; ``only=True`` shows the icon alone, ``side="start"`` opens to the right."""
    only, side = more.pop("only", False), more.pop("side", None)
    words = hidden(label) if only else label
    turn = "" if only else mark_safe(str(draw_icon("chevron-down")).replace('class="icon"', 'class="icon turn"'))
    summary = element(
        "summary", draw_icon(icon) if icon else "", words, turn,
        class_="button", data_kind=kind, data_only=bool(only), data_size=more.pop("size", None),
        title=label if only else None,
    )  # fmt: skip
    return element(
        "details", summary, element("div", content, class_="menu-list"), class_="menu", data_menu=True, data_side=side
    )


@register.simple_block_tag
def disclosure(content: str, summary: str, open: bool = False, count: object = "") -> SafeString:  # noqa: A002
    """Fold away what few readers need; ``count`` says how much there is."""
    turn = mark_safe(str(draw_icon("chevron-right")).replace('class="icon"', 'class="icon turn"'))
    tally = element("span", count, class_="count") if count != "" else ""
    head = element("summary", turn, element("span", summary), tally)
    return element(
        "details", head, element("div", content, class_="disclosure-body"), class_="disclosure", open=bool(open)
    )


@register.simple_tag
def copy(value: str, label: str = "") -> SafeString:
    """Show a value with a key that copies it."""
    words = element("span", label or _("Kopiëren"), data_copy_word=_("Gekopieerd"), aria_live="polite")
    key = element(
        "button", draw_icon("copy"), words, type="button", class_="button needs-js", data_size="small", data_copy=value
    )
    return element("div", element("output", value), key, class_="copy")


@register.simple_tag
def print_button(label: str = "", kind: str = "quiet") -> SafeString:
    """Write a key that prints the page; it is absent where no script runs."""
    words = label or _("Afdrukken")
    return element(
        "button", draw_icon("printer"), words, type="button", class_="button needs-js", data_kind=kind, data_print=True
    )
