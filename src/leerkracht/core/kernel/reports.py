"""What a browser refused, without saying on which page or by whom: the directive and the kind of source."""

from __future__ import annotations

import json

DIRECTIVES = {
    "base-uri", "connect-src", "default-src", "font-src", "form-action", "frame-ancestors", "frame-src", "img-src",
    "manifest-src", "media-src", "object-src", "require-trusted-types-for", "script-src", "script-src-attr",
    "script-src-elem", "style-src", "style-src-attr", "style-src-elem", "trusted-types", "worker-src",
}  # fmt: skip
WORDS = {"inline": "inline", "eval": "eval", "data": "data", "trusted-types-sink": "sink", "self": "self"}
WEB = ("http:", "https:", "ws:", "wss:")


def refusal_of(body: bytes) -> str | None:
    """Return directive and kind of source of a report, or nothing when it is no report of a browser."""
    try:
        report = json.loads(body)["csp-report"]
        directive, blocked = report.get("effective-directive"), str(report.get("blocked-uri", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return f"{directive} {_kind(blocked)}" if directive in DIRECTIVES else None


def _kind(blocked: str) -> str:
    """A program of the reader's own, such as an extension, is no fault of a page."""
    if blocked in WORDS:
        return WORDS[blocked]
    if blocked.startswith(WEB):
        return "web"
    return "extension" if "extension" in blocked.partition(":")[0] else "other"
