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
    # The organisation of the table does not answer (502), and a way back that nobody began is over (410).
    ("GET", "accounts:federation-start"): open_row("", rest="405"),
    ("POST", "accounts:federation-start"): open_row("", rest="502"),
    ("GET", "accounts:federation-back"): open_row("", rest="410"),
    ("POST", "accounts:federation-back"): open_row("", rest="405"),
    ("GET", "accounts:federation-link"): row(rest="405"),
    ("POST", "accounts:federation-link"): row("", rest="502"),
    ("GET", "accounts:federation-unlink"): row(rest="405"),
    ("POST", "accounts:federation-unlink"): row("", rest="404"),
    ("GET", "accounts:one-time-link@link"): open_row(),
    ("POST", "accounts:one-time-link@link"): open_row(),
}
