"""Oneself: name, language, keys, where one is signed in. Everybody's own, nobody else's."""

from __future__ import annotations

from ..rows import Row, open_row, row

MATRIX: dict[tuple[str, str], Row] = {
    ("GET", "accounts:profile"): row("signed_in"),
    ("POST", "accounts:profile"): row("signed_in"),
    ("GET", "accounts:own-data"): row(rest="405"),
    ("POST", "accounts:own-data"): row("signed_in"),
    ("GET", "accounts:erase"): row("signed_in"),
    ("POST", "accounts:erase"): row("signed_in"),
    ("GET", "accounts:still-here"): row("signed_in"),
    ("POST", "accounts:still-here"): row("signed_in"),
    ("GET", "accounts:sign-out-elsewhere"): row(rest="405"),
    ("POST", "accounts:sign-out-elsewhere"): row("signed_in"),
    ("GET", "accounts:second-factor"): row("signed_in half"),
    ("POST", "accounts:second-factor"): row("signed_in half"),
    ("GET", "accounts:one-time-link@link"): open_row(),
    ("POST", "accounts:one-time-link@link"): open_row(),
}
