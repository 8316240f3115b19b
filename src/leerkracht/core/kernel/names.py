"""Take a name out of texts that stand in lists and nested values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def without(value: Any, names: Iterable[str], instead: str) -> Any:
    """Return ``value`` (JSON: texts, numbers, lists, objects) with each name in its texts replaced, whatever its case.

    A name is replaced only where it stands by itself: no letter or digit on either side.
    """
    wanted = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    if not wanted:
        return value
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE)
    return _replaced(value, pattern, instead)


def _replaced(value: Any, pattern: re.Pattern[str], instead: str) -> Any:
    if isinstance(value, str):
        return pattern.sub(instead, value)
    if isinstance(value, list | tuple):
        return [_replaced(each, pattern, instead) for each in value]
    if isinstance(value, dict):
        return {_replaced(key, pattern, instead): _replaced(each, pattern, instead) for key, each in value.items()}
    return value
