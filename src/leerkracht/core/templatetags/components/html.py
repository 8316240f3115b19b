"""Write one element: the ground under the components."""

from __future__ import annotations

from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


def attributes(values: dict[str, Any]) -> str:
    """Write attributes; ``hx_post`` becomes ``hx-post``, True a bare name, None and False nothing."""
    written = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        name = name.rstrip("_").replace("_", "-")
        # A safe string may hold a quote that is harmless in text and not in an attribute.
        written.append(
            f" {name}" if value is True else f' {name}="{str(conditional_escape(value)).replace(chr(34), "&quot;")}"'
        )
    return "".join(written)


def element(name: str, /, *content: Any, **values: Any) -> SafeString:
    """Write ``<name …>content</name>``; what is not marked safe is escaped."""
    inner = "".join(conditional_escape(part) for part in content if part is not None and part != "")
    return mark_safe(f"<{name}{attributes(values)}>{inner}</{name}>")


def join(*parts: Any) -> SafeString:
    """Put parts after one another, escaping what is not marked safe."""
    return mark_safe("".join(conditional_escape(part) for part in parts if part))


def hidden(words: Any) -> SafeString:
    """Write words for who listens to the page instead of looking at it."""
    return element("span", words, class_="hidden-visually") if words else SafeString("")
