"""Sizes of docs/testing.md: what does not fit on a few screens is two things."""

from __future__ import annotations

import ast

from .source import lines, ours, short, templates

MODULE, FUNCTION, TEMPLATE, SCRIPT, STYLE = 400, 50, 130, 130, 175


def too_long(paths, most):
    return [f"{short(path)}: {lines(path)} lines, at most {most}" for path in paths if lines(path) > most]


def test_no_module_is_too_long():
    assert too_long(ours("*.py"), MODULE) == []


def test_no_function_is_too_long():
    found = []
    for path in ours("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION:
                    found.append(f"{short(path)}:{node.lineno}: {node.name} has {length} lines, at most {FUNCTION}")
    assert found == []


def test_no_template_is_too_long():
    assert too_long(templates(), TEMPLATE) == []


def test_no_script_is_too_long():
    assert too_long(ours("*.js", "src"), SCRIPT) == []


def test_no_style_sheet_is_too_long():
    assert too_long(ours("*.css", "src"), STYLE) == []
