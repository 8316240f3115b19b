"""Serve many small source files as few: what a room's ``all.css`` and ``all.js`` import is folded into them.

The sources work unfolded too; folding happens once, when static files are collected. A stylesheet folds
``@import "./x.css";``. A module folds ``import "./x.js";`` when that file imports and exports nothing itself: it
becomes a block, so that its names stay its own. Everything else stays an import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

Read = Callable[[str], str | None]

FOLDED = ("all.css", "all.js")
# Its modules name files by a map we do not have, which hashing refuses; our htmx stands in core/vendor.
UNUSED = "django_htmx/"
CSS_IMPORT = re.compile(r'^@import "(\./[\w-]+\.css)";$', re.MULTILINE)
JS_IMPORT = re.compile(r'^import "(\./[\w-]+\.js)";$', re.MULTILINE)
JS_BOUND = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


def fold(name: str, read: Read) -> str:
    """Return the text of static file ``name`` with its neighbours folded in."""
    text = read(name) or ""
    is_style = name.endswith(".css")

    def neighbour(found: re.Match[str]) -> str:
        inner = read(normpath(join(dirname(name), found[1])))
        if inner is None or (not is_style and JS_BOUND.search(inner)):
            return found[0]
        return inner.strip() if is_style else f"{{\n{inner.strip()}\n}}"

    return (CSS_IMPORT if is_style else JS_IMPORT).sub(neighbour, text)


class FoldedFiles:
    """Mixin for a static files storage that hashes: folds before the hash is taken."""

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        for name in [name for name in paths if name.startswith(UNUSED)]:
            del paths[name]

        def read(name: str) -> str | None:
            if name not in paths:
                return None
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        folded = {name: fold(name, read) for name in paths if name.rsplit("/", 1)[-1] in FOLDED}
        for name, text in folded.items():
            paths[name] = (FoldedSource(paths[name][0], text), paths[name][1])
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[misc]


class FoldedSource(Storage):
    """Stand in for one file of another storage, with the folded text."""

    def __init__(self, storage: Storage, text: str) -> None:
        self.storage, self.text = storage, text

    def open(self, name: str, mode: str = "rb") -> Any:
        return ContentFile(self.text.encode(), name=name)

    def path(self, name: str) -> str:
        return self.storage.path(name)
