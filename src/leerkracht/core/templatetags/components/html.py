"""Write one element: the ground under the components. A board writes hundreds of them, so the plain cases go first."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def text(part: Any) -> str:
    """Return ``part`` for between tags: as it is when marked safe, else escaped."""
    kind = type(part)
    if kind is SafeString:
        return str.__str__(part)
    if kind is str:
        return part if part.isalnum() else escape(part)
    return conditional_escape(part)


@lru_cache(maxsize=512)
def attribute_name(name: str) -> str:
    """Return ``hx-post`` for ``hx_post`` and ``class`` for ``class_``."""
    return name.rstrip("_").replace("_", "-")


def attributes(values: dict[str, Any]) -> str:
    """Write attributes; True becomes a bare name, None and False nothing."""
    written = ""
    for name, value in values.items():
        if value is None or value is False:
            continue
        if value is True:
            written += f" {attribute_name(name)}"
        else:
            # A safe string may hold a quote that is harmless in text and not in an attribute.
            written += f' {attribute_name(name)}="{text(value).replace(chr(34), "&quot;")}"'
    return written


def element(name: str, /, *content: Any, **values: Any) -> SafeString:
    """Write ``<name …>content</name>``; what is not marked safe is escaped."""
    inner = "".join([text(part) for part in content if part is not None and part != ""])
    return SafeString(f"<{name}{attributes(values)}>{inner}</{name}>")


def join(*parts: Any) -> SafeString:
    """Put parts after one another, escaping what is not marked safe."""
    return SafeString("".join([text(part) for part in parts if part]))


def hidden(words: Any) -> SafeString:
    """Write words for who listens to the page instead of looking at it."""
    return element("span", words, class_="hidden-visually") if words else SafeString("")
