"""Find sentences in Python source."""

from __future__ import annotations

import ast
from pathlib import Path

from leerkracht.config.messages.found import Found, Message, Problem

# Per function: at which argument the context, the sentence and the plural stand.
ARGUMENTS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}


def collect(source: str, file: Path, found: Found) -> None:
    """Add the sentences of one module, under whatever name it imported gettext."""
    tree = ast.parse(source)
    names = {name: name for name in ARGUMENTS} | _aliases(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := names.get(_called(node))):
            _take(node, ARGUMENTS[function], file, found)


def _aliases(tree: ast.Module) -> dict[str, str]:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.asname: name.name for node in imports for name in node.names if name.asname and name.name in ARGUMENTS}


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _take(node: ast.Call, places: tuple[int | None, int, int | None], file: Path, found: Found) -> None:
    values = [_constant(node, place) for place in places]
    if any(isinstance(argument, ast.JoinedStr) for argument in node.args):
        text = "an f-string cannot be translated; use %(name)s and fill it in afterwards"
        found.problems.append(Problem(file, node.lineno, text))
    context, sentence, plural = values
    if sentence is not None:
        found.add(Message(sentence, plural or "", context or ""), file, node.lineno)


def _constant(node: ast.Call, place: int | None) -> str | None:
    if place is None or place >= len(node.args):
        return None
    argument = node.args[place]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
