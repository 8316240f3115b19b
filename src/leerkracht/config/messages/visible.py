"""Find words on a page that nobody can translate: text, spoken attributes and texts handed to a component."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import DebugLexer, Token, TokenType

from leerkracht.config.messages.found import Found, Problem
from leerkracht.config.messages.in_templates import BLOCK, END_BLOCK

SPOKEN = ("aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt", "label")
SILENT = ("script", "style", "code", "kbd")
# Names, and marks that are the same in every language.
NAMES = re.compile(r"\b(?:leerkracht|leerKRACHT|QR|PDF|DUO|BRIN|TOTP|A3|A4|Nederlands|English|https?://\S+)\b")
LETTERS = re.compile(r"[^\W\d_]")
# A literal that is a filter's argument comes after a colon; a date's format is not a word.
ARGUMENT = re.compile(r"""(?P<before>[:\w(=]?)(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)""")
FALLBACK = re.compile(r"""\|default(?:_if_none)?:(?P<quote>["'])(?P<text>(?:(?!(?P=quote)).)*)(?P=quote)""")
WORDED = re.compile(r"(?P<name>\w+)=$")
CODES = (
    *("url", "static", "include", "extends", "load", "block", "endblock", "translate", "trans"),
    *("partialdef", "partial", "if", "elif", "for", "now", "ifchanged", "cycle", "regroup", "get_static_prefix"),
    *BLOCK,
)
SPOKEN_ARGUMENTS = ("title", "label", "lead", "above", "help", "text", "placeholder", "aria_label", "alt", "summary")


def collect(source: str, file: Path, found: Found) -> None:
    """Add a problem for each visible word of one template that stands outside the translation tags."""
    page, in_block, in_comment, in_tag = [], False, False, False
    for token in DebugLexer(source).tokenize():
        name = token.contents.split(None, 1)[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        in_comment = (in_comment or name == "comment") and name != "endcomment"
        # The block ``html`` fills the page's opening tag: attributes, no words.
        in_tag = (in_tag or token.contents == "block html") and name != "endblock"
        is_text = token.token_type == TokenType.TEXT and not (in_block or in_comment or in_tag)
        page.append(token.contents if is_text else _blank(source, token))
        if not in_block and not in_comment and not is_text:
            _arguments(token, name, file, found)
        in_block = (in_block or name in BLOCK) and name not in END_BLOCK
    reader = _Reader(file, found)
    reader.feed("".join(page))
    reader.close()


class _Reader(HTMLParser):
    def __init__(self, file: Path, found: Found) -> None:
        super().__init__(convert_charrefs=True)
        self.file, self.found = file, found
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent.append(tag)
        for name, value in attrs:
            if name in SPOKEN and is_word(value or ""):
                self._add(f'{name}="{(value or "").strip()}" is not translatable')

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent and is_word(data):
            before = data[: len(data) - len(data.lstrip())]
            self._add(f"“{' '.join(data.split())}” is not translatable", before.count("\n"))

    def _add(self, text: str, lines: int = 0) -> None:
        self.found.problems.append(Problem(self.file, self.getpos()[0] + lines, text))


def is_word(text: str) -> bool:
    """Tell whether ``text`` holds letters beside names that are the same in every language."""
    return bool(LETTERS.search(NAMES.sub("", text)))


def _arguments(token: Token, name: str, file: Path, found: Found) -> None:
    literals = [match["text"] for match in FALLBACK.finditer(token.contents) if _is_sentence(match["text"])]
    if token.token_type == TokenType.BLOCK and name not in CODES:
        literals += [match["text"] for match in ARGUMENT.finditer(token.contents) if _is_said(token.contents, match)]
    for text in literals:
        found.problems.append(Problem(file, token.lineno or 0, f"“{text}” is not translatable"))


def _is_said(contents: str, match: re.Match[str]) -> bool:
    """Tell whether a literal of a component is for people: codes are lower case, without spaces."""
    if match["before"] in (":", "("):
        return False
    argument = WORDED.search(contents[: match.start("quote")])
    if argument and argument["name"] in SPOKEN_ARGUMENTS:
        return is_word(match["text"])
    return not argument and _is_sentence(match["text"])


def _is_sentence(text: str) -> bool:
    return is_word(text) and (" " in text.strip() or text[:1].isupper())


def _blank(source: str, token: Token) -> str:
    """Return as much white space as the token took, so that line numbers stay true."""
    start, end = token.position or (0, 0)
    return re.sub(r"[^\n]", " ", source[start:end])
