"""Read ``privacy.toml``: classes of data, and of every model which fields are in which class."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from leerkracht.config.environment import REPOSITORY

FILE = REPOSITORY / "privacy.toml"
NO_PERSON = "niemand"


class Unreadable(Exception):
    """The file is not there, or not as it should be; the text says where."""


@dataclass(frozen=True)
class DataClass:
    """One kind of data: whom it is about, what for, on what ground, how long, and who sees it."""

    key: str
    title: str
    about: str
    purpose: str
    basis: str
    retention: str
    receivers: str

    @property
    def is_personal(self) -> bool:
        return not self.about.startswith(NO_PERSON)


@dataclass(frozen=True)
class Elsewhere:
    """Data outside the tables: in the browser, in files, in backups."""

    name: str
    class_key: str
    what: str


@dataclass(frozen=True)
class Declared:
    """``fields`` gives of each field (``app.Model.field``) every class that names it; one is right."""

    classes: Mapping[str, DataClass]
    fields: Mapping[str, tuple[str, ...]]
    elsewhere: tuple[Elsewhere, ...]


def declared(path: Path = FILE) -> Declared:
    """Read the file.

    Raises
    ------
    Unreadable : no such file, no TOML, or a class or place that lacks a text
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreadable(f"{path.name} could not be read: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{path.name} is not TOML: {error}") from error
    found: dict[str, tuple[str, ...]] = {}
    for model, by_class in told.get("fields", {}).items():
        for key, names in by_class.items():
            for name in names:
                found[f"{model}.{name}"] = (*found.get(f"{model}.{name}", ()), key)
    classes = {key: _class(key, texts) for key, texts in told.get("class", {}).items()}
    places = tuple(
        Elsewhere(*(_text(f"elsewhere {number}", one, name) for name in ("name", "class", "what")))
        for number, one in enumerate(told.get("elsewhere", []), start=1)
    )
    return Declared(classes, found, places)


def _class(key: str, texts: Mapping[str, Any]) -> DataClass:
    names = [each.name for each in fields(DataClass) if each.name != "key"]
    return DataClass(key, *(_text(f"class {key}", texts, name) for name in names))


def _text(where: str, texts: Mapping[str, Any], name: str) -> str:
    value = texts.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Unreadable(f"{where}: {name} is missing or empty")
    return value.strip()
