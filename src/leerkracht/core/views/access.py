"""Which pages a visitor may open without signing in: each says so itself, with its reason."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


def public(reason: str) -> Callable[[View], View]:
    """Mark a view as open to visitors; ``reason`` stands beside it for the reader and for the matrix."""

    def mark(view: View) -> View:
        view.is_public = reason  # type: ignore[attr-defined]
        return view

    return mark
