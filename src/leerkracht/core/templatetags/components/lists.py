"""What people compare and look through: tables, search, pages, tabs, crumbs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .html import attributes, element
from .marks import icon as draw_icon

register = template.Library()


def with_query(context: Context, **changes: object) -> str:
    """Return this page's query with some keys changed; None takes a key away."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = str(value)
    return "?" + query.urlencode()


@register.simple_block_tag
def table(content: str, caption: str, tall: bool = False, hide_caption: bool = False) -> SafeString:
    """Hold a table (content is thead and tbody) with a sticky head; ``class="figure"`` on cells with figures."""
    said = element("caption", caption, class_="hidden-visually" if hide_caption else None)
    inner = element("table", said, content, class_="table")
    return element(
        "div", inner, class_="table-box", data_tall=bool(tall), tabindex="0", role="region", aria_label=caption
    )


@register.simple_tag
def row_link(label: object, href: str) -> SafeString:
    """Write a row's one link; the whole row answers to it."""
    return element("a", label, class_="row-link", href=href)


@register.simple_tag(takes_context=True)
def sort_head(context: Context, label: str, by: str, figure: bool = False, parameter: str = "sort") -> SafeString:
    """Write a column's head that sorts: ``?sort=by``, then ``?sort=-by``; goes back to the first page."""
    request = context.get("request")
    chosen = request.GET.get(parameter, "") if request else ""
    order = {by: "ascending", f"-{by}": "descending"}.get(chosen)
    mark = {"ascending": "arrow-up", "descending": "arrow-down"}.get(order or "", "arrow-up-down")
    target = with_query(context, **{parameter: f"-{by}" if order == "ascending" else by, "page": None})
    link = element("a", label, draw_icon(mark), class_="sort", href=target, data_order=order)
    return element("th", link, scope="col", class_="figure" if figure else None, aria_sort=order)


@register.simple_block_tag
def toolbar(content: str) -> SafeString:
    """Put search, filters and export above a list; the last thing stands at the end."""
    return element("div", content, class_="toolbar")


@register.simple_tag
def search_box(value: str = "", label: str = "", name: str = "q", **more: object) -> SafeString:
    """Ask for words to look for; inside a form with method get."""
    words = label or _("Zoeken")
    given = {"type": "search", "name": name, "value": value or "", "placeholder": words, "aria_label": words} | more
    return element("div", draw_icon("search"), mark_safe(f"<input{attributes(given)}>"), class_="search")


@register.simple_tag(takes_context=True)
def export_link(context: Context, label: str = "") -> SafeString:
    """Offer this list, as it is filtered now, as a file: ``?export=xlsx`` and ``?export=csv`` (``list_file``)."""
    words = label or _("Lijst downloaden")
    keys = [
        element(
            "a",
            draw_icon("download") if kind == "xlsx" else "",
            name,
            class_="button",
            data_kind="quiet",
            download=True,
            href=with_query(context, export=kind, page=None),
            aria_label=f"{words}: {name}",
        )
        for kind, name in (("xlsx", "Excel"), ("csv", "CSV"))
    ]
    return element("div", *keys, class_="export", role="group", aria_label=words)


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page[Any], label: str = "") -> SafeString:
    """Leaf through a Django ``Page``; shows nothing when everything fits."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    values = {"start": page.start_index(), "end": page.end_index(), "count": page.paginator.count}
    keys = []
    if page.has_previous():
        keys.append(_page_key(context, page.previous_page_number(), _("Vorige"), "prev"))
    if page.has_next():
        keys.append(_page_key(context, page.next_page_number(), _("Volgende"), "next"))
    said = element("span", _("%(start)s tot en met %(end)s van %(count)s") % values)
    return element(
        "nav", said, element("div", *keys, class_="pager-keys"), class_="pager", aria_label=label or _("Bladeren")
    )


def _page_key(context: Context, number: int, words: str, rel: str) -> SafeString:
    arrow = draw_icon("arrow-left" if rel == "prev" else "arrow-right")
    content = (arrow, words) if rel == "prev" else (words, arrow)
    return element("a", *content, class_="button", data_size="small", rel=rel, href=with_query(context, page=number))


@register.simple_tag
def tabs(links: Iterable[dict[str, Any]], label: str) -> SafeString:
    """Choose between views of one thing: dicts of label, href, is_current, count; each view has its own address."""
    keys = [
        element(
            "a", link["label"], element("span", link["count"], class_="count") if "count" in link else "",
            href=link["href"], aria_current="page" if link.get("is_current") else None,
        )
        for link in links
    ]  # fmt: skip
    return element("nav", *keys, class_="tabs", aria_label=label)


@register.simple_tag
def crumbs(*pairs: str, here: str = "", label: str = "") -> SafeString:
    """Write the way up: label, href, label, href …, and ``here`` for this page."""
    links = [element("li", element("a", label, href=href)) for label, href in zip(pairs[::2], pairs[1::2], strict=True)]
    if here:
        links.append(element("li", element("span", here, aria_current="page")))
    return element(
        "nav", element("ol", *links, class_="crumb-list"), class_="crumbs", aria_label=label or _("Kruimelpad")
    )
