"""What needs no sign-in and holds nobody's data."""

from __future__ import annotations

from ..rows import Row, open_row

MATRIX: dict[tuple[str, str], Row] = {
    ("GET", "core:language"): open_row("", rest="405"),
    ("POST", "core:language"): open_row(),
    ("GET", "core:gallery"): open_row(),
    ("POST", "core:gallery"): open_row(),
    ("GET", "core:policy-reports"): open_row("", rest="405"),
    ("POST", "core:policy-reports"): open_row(),
    ("GET", "core:security-txt"): open_row("", rest="404"),  # no contact is named in the tests
    ("POST", "core:security-txt"): open_row("", rest="405"),
    ("GET", "core:alive"): open_row(),
    ("POST", "core:alive"): open_row("", rest="405"),
    ("GET", "core:ready"): open_row(),
    ("POST", "core:ready"): open_row("", rest="405"),
}
