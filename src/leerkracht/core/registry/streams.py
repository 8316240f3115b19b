"""Which logs are sealed: each room names its log, what of a row always stays and what can be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from leerkracht.core.kernel.chain import Part, content_digest, leaf


@dataclass(frozen=True)
class Stream:
    """A log whose rows have the columns ``salt``, ``digest`` and ``seal``.

    ``header`` are the columns that stay whatever happens; ``emptied`` the columns that ``digest`` covers, each with the
    value it has once its content is forgotten; ``moment`` the column that says when the row was written.
    """

    name: str
    model: type[Model]
    header: tuple[str, ...]
    emptied: Mapping[str, Any]
    moment: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that ``Row`` takes, in order."""
        return (*self.header, *self.emptied, "salt", "digest", "seal_id", "pk")


@dataclass(frozen=True)
class Row:
    """One row of a log, as the database gives it."""

    header: tuple[Part, ...]
    content: tuple[Part, ...]
    salt: bytes
    digest: bytes
    seal: int | None
    key: Any

    @classmethod
    def of(cls, stream: Stream, values: tuple[Any, ...]) -> Row:
        """Take values in the order of ``stream.columns``; PostgreSQL gives bytes as memory."""
        plain: tuple[Any, ...] = tuple(bytes(value) if isinstance(value, memoryview) else value for value in values)
        end = len(stream.header)
        *content, salt, digest, seal, key = plain[end:]
        return cls(plain[:end], tuple(content), salt, digest, seal, key)

    @property
    def leaf(self) -> bytes:
        return leaf(self.digest, *self.header)

    def is_forgotten(self, stream: Stream) -> bool:
        return not self.salt and self.content == tuple(stream.emptied.values())

    def is_true(self, stream: Stream) -> bool:
        """Tell whether the content is what the digest was made of, or was forgotten whole."""
        return self.is_forgotten(stream) or content_digest(self.salt, *self.content) == self.digest


_streams: dict[str, Stream] = {}


def register_stream(stream: Stream) -> None:
    """A room calls this in ``AppConfig.ready``."""
    _streams[stream.name] = stream


def streams() -> dict[str, Stream]:
    return dict(_streams)
