"""Who must show a second proof of who they are; upper rooms say which roles ask for it."""

from __future__ import annotations

from collections.abc import Callable

from leerkracht.accounts.models import Person

Requirement = Callable[[Person], bool]
_requirements: list[Requirement] = []


def register_requirement(requirement: Requirement) -> None:
    """Add a question asked of everyone who signs in; an upper room calls this once, in ``AppConfig.ready``."""
    if requirement not in _requirements:
        _requirements.append(requirement)


def needs_second_factor(person: Person) -> bool:
    """Say whether any room asks a second factor of ``person`` today."""
    return any(requirement(person) for requirement in _requirements)
