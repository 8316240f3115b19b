"""Who acts: a person, a wall, a guest's phone or the product itself."""

from __future__ import annotations

from dataclasses import dataclass

PERSON, DEVICE, GUEST, SYSTEM = "PERSON", "DEVICE", "GUEST", "SYSTEM"


@dataclass(frozen=True)
class Actor:
    """Whoever did something, by kind and id; a name never stands here."""

    kind: str
    id: str = ""

    def __post_init__(self) -> None:
        if self.kind not in (PERSON, DEVICE, GUEST, SYSTEM):
            raise ValueError(f"kind must be PERSON, DEVICE, GUEST or SYSTEM, got {self.kind!r}")


THE_SYSTEM = Actor(SYSTEM)


def person_actor(person_id: int) -> Actor:
    return Actor(PERSON, str(person_id))
