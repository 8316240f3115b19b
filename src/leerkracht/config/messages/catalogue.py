"""The English catalogue: kept sorted and without line numbers, so that a change shows only what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from leerkracht.config.messages import in_python, in_templates, visible
from leerkracht.config.messages.found import Found, Message, Problem

SOURCE = Path(__file__).resolve().parents[2]
ROOT = SOURCE.parents[1]
CATALOGUE = SOURCE / "core" / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = (
    'msgid ""\nmsgstr ""\n'
    '"Language: en\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
PLACEHOLDER = re.compile(r"%\((?P<name>[^)]+)\)[sdif]|%[sd]|\{(?P<field>\w*)\}")
SAMPLES = "templates/core/gallery"  # shows components with made-up content
TEMPLATE_KINDS = (".html", ".txt", ".svg", ".xml")

Translations = dict[Message, tuple[str, ...]]


def collect(source: Path = SOURCE) -> Found:
    """Read every module and template of the product."""
    found = Found()
    for file in _modules(source):
        in_python.collect(file.read_text(), _short(file), found)
    for file in _templates(source):
        text = file.read_text()
        in_templates.collect(text, _short(file), found)
        if SAMPLES not in file.as_posix():
            visible.collect(text, _short(file), found)
    return found


def read(path: Path = CATALOGUE) -> Translations:
    """Return what the catalogue says, empty strings included."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale="en")
    entries = [entry for entry in catalogue if entry.id]
    return {_message(entry): _strings(entry.string) for entry in entries}


def write(translations: Translations, path: Path = CATALOGUE) -> None:
    """Write the catalogue, sorted by sentence."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    write_po(content, _catalogue(translations), width=120, omit_header=True, sort_output=True, no_location=True)
    path.write_text(HEADER + content.getvalue().decode())


def update(path: Path = CATALOGUE) -> tuple[int, int]:
    """Add new sentences without English and drop those that went; return how many of each."""
    known, wanted = read(path), collect().messages
    write({message: known.get(message, ("",)) for message in wanted}, path)
    return len(set(wanted) - set(known)), len(set(known) - set(wanted))


def check(source: Path = SOURCE, path: Path = CATALOGUE) -> list[Problem]:
    """Return everything that keeps a page from being wholly Dutch or wholly English."""
    found, known = collect(source), read(path)
    problems = list(found.problems)
    for message, (file, line) in found.messages.items():
        strings = known.get(message, ())
        if not strings or not all(strings):
            problems.append(Problem(file, line, f"“{message.text}” has no English"))
        elif wrong := placeholder_mistake(message, strings):
            problems.append(Problem(file, line, wrong))
    gone = sorted(set(known) - set(found.messages))
    problems += [Problem(_short(path), 0, f"“{message.text}” stands nowhere any more") for message in gone]
    return sorted(problems)


def placeholder_mistake(message: Message, strings: tuple[str, ...]) -> str:
    """Return what is wrong with the placeholders of a translation, or nothing."""
    wanted = placeholders(message.text) | placeholders(message.plural)
    for string in strings:
        if strange := placeholders(string) - wanted:
            return f"“{message.text}”: the English uses {min(strange)}, which the Dutch lacks"
    # A singular may say "one" instead of the number; the last form must say everything.
    if missing := placeholders(message.plural or message.text) - placeholders(strings[-1]):
        return f"“{message.text}”: the English lacks {min(missing)}"
    return ""


def placeholders(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def untranslated(path: Path = CATALOGUE) -> list[str]:
    """Return the sentences of the catalogue that still lack English; cheap, for ``doctor``."""
    return sorted(message.text for message, strings in read(path).items() if not strings or not all(strings))


def is_stale(path: Path = CATALOGUE) -> bool:
    compiled = path.with_suffix(".mo")
    return path.exists() and (not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime)


def compile_all(path: Path = CATALOGUE) -> None:
    """Compile the catalogue for Django."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale="en")
    fresh = path.with_suffix(".mo.partial")
    with fresh.open("wb") as target:
        write_mo(target, catalogue)
    fresh.replace(path.with_suffix(".mo"))


def _catalogue(translations: Translations) -> Catalog:
    catalogue = Catalog(locale="en")
    for message, strings in translations.items():
        key = (message.text, message.plural) if message.plural else message.text
        padded = (*strings, "")[:2] if message.plural else strings[0]
        catalogue.add(key, padded, context=message.context or None, flags=_flags(message))
    return catalogue


def _flags(message: Message) -> set[str]:
    return {"python-format"} if re.search(r"%\(\w", message.text + message.plural) else set()


def _message(entry: object) -> Message:
    key = entry.id  # type: ignore[attr-defined]
    text, plural = key if isinstance(key, tuple) else (key, "")
    return Message(text, plural, entry.context or "")  # type: ignore[attr-defined]


def _strings(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (str(value or ""),)


def _modules(source: Path) -> Iterator[Path]:
    for file in sorted(source.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.relative_to(source).parts):
            yield file


def _templates(source: Path) -> Iterator[Path]:
    for folder in sorted(source.rglob("templates")):
        if "tests" not in folder.relative_to(source).parts:
            yield from (file for file in sorted(folder.rglob("*")) if file.suffix in TEMPLATE_KINDS)


def _short(file: Path) -> Path:
    return file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
