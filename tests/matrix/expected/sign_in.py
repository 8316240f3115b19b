"""The sign-in library's pages."""

from __future__ import annotations

from ..rows import Row

MATRIX: dict[tuple[str, str], Row] = {}
