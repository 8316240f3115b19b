"""What is found in the source: sentences to translate, and problems with where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, order=True)
class Message:
    """One sentence to translate: Dutch is the key, with its plural and context where it has them."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass(frozen=True, order=True)
class Problem:
    """Something to repair, and where."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass
class Found:
    """What one or more files hold: sentences, each with the first place it stands at, and problems."""

    messages: dict[Message, tuple[Path, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, message: Message, file: Path, line: int) -> None:
        if message.text:
            self.messages.setdefault(message, (file, line))
