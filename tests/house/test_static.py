"""Static files: every one a page or a style sheet names is there, under its hashed name."""

from __future__ import annotations

import json
import re

import pytest
from django.core.management import call_command

from .source import short, templates

NAMED = re.compile(r"{%\s*static\s+[\"']([^\"']+)[\"']")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    from django.conf import settings
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    hashed = {"BACKEND": "leerkracht.config.statics.HashedStorage"}
    with override_settings(STATIC_ROOT=root, STORAGES={**settings.STORAGES, "staticfiles": hashed}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return json.loads((root / "staticfiles.json").read_text())["paths"]


def test_style_sheets_and_scripts_name_files_that_exist(collected):
    assert collected  # collecting is strict: a missing file stops it


def test_templates_name_static_files_that_exist(collected):
    missing = [
        f"{short(path)}: {name}"
        for path in templates()
        for name in NAMED.findall(path.read_text())
        if name not in collected and "{" not in name
    ]
    assert missing == []
