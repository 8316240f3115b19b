"""Documents that must keep up with the code: words, variables, commands."""

from __future__ import annotations

import re

from django.apps import apps
from django.core.management import get_commands

from .source import ROOT, ours

VARIABLE = re.compile(r"\b(LEERKRACHT_[A-Z_]+|DATABASE_URL)\b")
COMMAND = re.compile(r"(?:^|`)(?:bin/)?leerkracht ([a-z_]+)", re.MULTILINE)
SCRIPT = re.compile(r"(?<![\w./])(bin/[a-z]+)")


def test_every_model_stands_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    models = [model for model in apps.get_models() if model.__module__.startswith("leerkracht.")]
    assert [model.__name__ for model in models if f"`{model.__name__}`" not in glossary] == []


def test_every_variable_stands_in_operations():
    said = set(VARIABLE.findall((ROOT / "docs" / "operations.md").read_text()))
    used = {name for path in ours("*.py", "src", "bin") for name in VARIABLE.findall(path.read_text())}
    assert used - said == set()


def test_operations_names_no_variable_that_is_gone():
    said = set(VARIABLE.findall((ROOT / "docs" / "operations.md").read_text()))
    used = {name for path in ours("*.py", "src", "bin", "tests") for name in VARIABLE.findall(path.read_text())}
    assert said - used == set()


def test_commands_that_documents_name_exist():
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    text = "\n".join(path.read_text() for path in documents)
    assert set(COMMAND.findall(text)) - set(get_commands()) - {"is", "help"} == set()
    assert [name for name in set(SCRIPT.findall(text)) if not (ROOT / name).is_file()] == []


def test_documents_link_to_files_that_exist():
    broken = []
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text()):
            if not (path.parent / target).exists():
                broken.append(f"{path.name}: {target}")
    assert broken == []


def test_licence_is_whole():
    licence = (ROOT / "LICENSE").read_text()
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert all(f"\n{number}." in licence for number in range(1, 16))
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
