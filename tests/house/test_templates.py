"""Templates: each compiles, none carries what the content policy forbids."""

from __future__ import annotations

import re

import pytest
from django.template import engines

from .source import short, templates

STYLE = re.compile(r"<style|\sstyle=", re.IGNORECASE)
HANDLER = re.compile(r"\son[a-z]{3,}\s*=\s*[\"']", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=[\"'](?:application/json|importmap)[\"'])", re.IGNORECASE)
MAIL = ("mail", "email")  # mail programs know inline styles only


def found_by(pattern, paths):
    return [
        f"{short(path)}:{path.read_text()[: match.start()].count(chr(10)) + 1}: {match.group().strip()}"
        for path in paths
        for match in pattern.finditer(path.read_text())
    ]


@pytest.mark.parametrize("path", templates(), ids=short)
def test_template_compiles(path):
    name = path.relative_to(next(parent for parent in path.parents if parent.name == "templates")).as_posix()
    origin = engines["django"].engine.get_template(name).origin.name
    assert origin == str(path)


def test_no_inline_style():
    assert found_by(STYLE, [path for path in templates() if not set(path.parts) & set(MAIL)]) == []


def test_no_inline_handler():
    assert found_by(HANDLER, templates()) == []


def test_no_inline_script():
    assert found_by(SCRIPT, templates()) == []
