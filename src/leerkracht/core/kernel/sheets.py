"""Cells that a spreadsheet shows and never runs."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: str) -> str:
    """Return ``value`` so that no spreadsheet takes it for a formula: what could be one gets an apostrophe."""
    return f"'{value}" if value.startswith(_STARTS) else value
