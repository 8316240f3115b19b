"""Serve many small source files as few: what an entry file imports is folded into it.

The sources work unfolded too; folding happens once, when static files are collected. A stylesheet folds
``@import "./x.css";``. An entry module folds what it imports, each module once and as a function of its own, so that
its names stay its own; an import that is not of this form stays an import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

Read = Callable[[str], str | None]

FOLDED = ("all.css", "all.js", "page.js")
# Its modules name files by a map we do not have, which hashing refuses; our htmx stands in core/vendor.
UNUSED = "django_htmx/"
CSS_IMPORT = re.compile(r'^@import "(\./[\w-]+\.css)";$', re.MULTILINE)
JS_IMPORT = re.compile(r'^import (?:\{ (?P<names>[^}]+) \} from )?"(?P<file>\.{1,2}/[\w./-]+\.js)";$', re.MULTILINE)
JS_EXPORT = re.compile(r"^export (?=(?:const|let|class|function|async function) (?P<name>\w+))", re.MULTILINE)
JS_OTHER = re.compile(r"^\s*(?:import\b(?!\()|export\b)", re.MULTILINE)


class NotFoldable(ValueError):
    """Two modules import each other, or one imports or exports in a form that folding does not know."""


def fold(name: str, read: Read) -> str:
    """Return the text of static file ``name`` with what it imports folded in."""
    if name.endswith(".css"):
        return CSS_IMPORT.sub(lambda found: _beside(name, found[1], read).strip(), read(name) or "")
    modules: dict[str, str] = {}
    body = _bound(name, read, modules, ())
    return "".join(modules.values()) + body


def _beside(name: str, file: str, read: Read) -> str:
    text = read(normpath(join(dirname(name), file)))
    if text is None:
        raise NotFoldable(f"{name} imports {file}, which is not there")
    return text


def _bound(name: str, read: Read, modules: dict[str, str], above: tuple[str, ...]) -> str:
    """Return the body of a module with its imports bound to functions in ``modules``, in the order they must run."""
    if name in above:
        raise NotFoldable(f"{' → '.join((*above, name))}: modules that import each other cannot be folded")

    def bind(found: re.Match[str]) -> str:
        target = normpath(join(dirname(name), found["file"]))
        if target not in modules:
            inner = _bound(target, read, modules, (*above, name))
            names = ", ".join(match["name"] for match in JS_EXPORT.finditer(inner))
            body = JS_EXPORT.sub("", inner).strip()
            modules[target] = f"const {_variable(target)} = (() => {{\n{body}\nreturn {{ {names} }};\n}})();\n"
        wanted = (found["names"] or "").replace(" as ", ": ")
        return f"const {{ {wanted} }} = {_variable(target)};" if wanted else ""

    text = read(name)
    if text is None:
        raise NotFoldable(f"{name} is not there")
    body = JS_IMPORT.sub(bind, text)
    if JS_OTHER.search(JS_EXPORT.sub("", body)):
        raise NotFoldable(f"{name} imports or exports in a form that folding does not know")
    return body


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))


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
