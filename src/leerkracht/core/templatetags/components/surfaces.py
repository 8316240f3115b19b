"""What things stand on: page heads, panels, notes, callouts, empty places."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .html import element, hidden, join
from .marks import icon as draw_icon

register = template.Library()

CALLOUT_ICONS = {"info": "info", "warning": "triangle-alert", "refused": "hand", "done": "circle-check"}


@register.simple_block_tag
def page_head(content: str, title: str, lead: str = "", above: str = "") -> SafeString:
    """Open a page: its name, one line below, a small line above, and its buttons as content."""
    words = join(
        element("p", above, class_="above") if above else "",
        element("h1", title),
        element("p", lead, class_="lead") if lead else "",
    )
    keys = element("div", content, class_="actions") if content.strip() else ""
    return element("div", element("div", words, class_="page-head-words"), keys, class_="page-head")


@register.simple_block_tag
def panel(content: str, title: str = "", count: object = "", icon: str = "", **more: object) -> SafeString:
    """Group what belongs together under a heading; ``size="large"``, ``level`` (2), the rest becomes attributes."""
    level, size = more.pop("level", 2), more.pop("size", None)
    head = ""
    if title:
        heading = element(f"h{level}", draw_icon(icon) if icon else "", title, class_="title")
        tally = element("span", count, class_="count") if count not in ("", None) else ""
        head = element("header", heading, tally, class_="panel-head")
    body = element("div", content, class_="panel-body")
    return element("section", head, body, class_="panel", data_size=size, **more)


@register.simple_block_tag
def note(content: str, title: str = "", state: str = "", href: str = "", **more: object) -> SafeString:
    """Put one thing on a note: ``state`` is sun (success), late, draft or done; ``href`` makes the whole note a link.

    ``level`` of the heading (3), ``tag`` (article); the rest becomes attributes (``id``, ``data_…``, ``hx_…``).
    """
    level, tag = more.pop("level", 3), more.pop("tag", "article")
    head = ""
    if title:
        said = hidden({"draft": _("Concept:"), "late": _("Te laat:"), "done": _("Klaar:")}.get(state, ""))
        words = element("a", title, href=href) if href else title
        head = element(f"h{level}", said, " " if said else "", words, class_="title")
    return element(str(tag), head, content, class_="note", data_state=state or None, **more)


@register.simple_block_tag
def meta(content: str) -> SafeString:
    """Write the small line under a note's title: who, when, where it belongs."""
    return element("div", content, class_="meta")


@register.simple_tag
def pill(label: object, kind: str = "", icon: str = "") -> SafeString:
    """Write a short state: ``kind`` is sun (now), done, late, people, brand or outline; the word says it too."""
    return element("span", draw_icon(icon) if icon else "", label, class_="pill", data_kind=kind or None)


@register.simple_block_tag
def callout(content: str, title: str = "", kind: str = "info", level: int = 2, **more: object) -> SafeString:
    """Say something beside the work: ``kind`` is info, warning, refused (with what now) or done."""
    head = element(f"h{level}", title, class_="title") if title else ""
    body = element("div", head, content, class_="callout-body")
    return element("div", draw_icon(CALLOUT_ICONS[kind]), body, class_="callout", data_kind=kind, **more)


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "", size: str = "", level: int = 3) -> SafeString:
    """Say what will stand here, with one button as content; ``size="small"`` inside a column."""
    head = element(f"h{level}", title, class_="title")
    return element("div", draw_icon(icon) if icon else "", head, content, class_="empty", data_size=size or None)


@register.simple_tag
def fact(value: object, label: str) -> SafeString:
    """Show one figure with what it counts."""
    return element("p", element("b", value), element("span", label), class_="fact")


@register.simple_block_tag
def items(content: str, label: str = "") -> SafeString:
    """List things with a hairline between: content is ``{% item %}`` lines."""
    return element("ul", content, class_="items", aria_label=label or None)


@register.simple_block_tag
def item(content: str, title: str, detail: object = "", href: str = "", **more: object) -> SafeString:
    """Write one line of ``{% items %}``: title, small detail, and its buttons as content."""
    words = element("a", title, href=href) if href else title
    small = element("div", detail, class_="meta") if detail else ""
    keys = element("div", content, class_="actions") if content.strip() else ""
    return element("li", element("div", element("b", words), small, class_="item-words"), keys, **more)
