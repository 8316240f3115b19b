"""The lock file names public hosts only: whoever clones must be able to install."""

from __future__ import annotations

import re

from .source import ROOT

PUBLIC = ("https://pypi.org/simple", "https://files.pythonhosted.org/")
SOURCE = re.compile(r'\b(?:registry|url) = "([^"]+)"')


def test_lock_names_public_hosts_only():
    found = SOURCE.findall((ROOT / "uv.lock").read_text())
    assert found
    assert sorted({name for name in found if not name.startswith(PUBLIC)}) == []


def test_project_names_no_index_of_its_own():
    text = (ROOT / "pyproject.toml").read_text()
    assert "index-url" not in text
    assert "[[tool.uv.index]]" not in text
