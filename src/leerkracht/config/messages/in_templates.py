"""Find sentences in Django templates, read as Django itself reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

from leerkracht.config.messages.found import Found, Message, Problem

TRANSLATE = ("translate", "trans")
BLOCK = ("blocktranslate", "blocktrans")
END_BLOCK = tuple(f"end{name}" for name in BLOCK)
LITERAL = re.compile(r"""^(?:_\()?(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)""")
MARKED = re.compile(r"""_\((?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)\)""")


@dataclass
class _Block:
    """A ``{% blocktranslate %}`` while it is being read."""

    line: int
    context: str
    is_trimmed: bool
    parts: list[str] = field(default_factory=list)
    plural_parts: list[str] | None = None

    def write(self, text: str) -> None:
        (self.parts if self.plural_parts is None else self.plural_parts).append(text)

    def message(self) -> Message:
        return Message(self._joined(self.parts), self._joined(self.plural_parts or []), self.context)

    def _joined(self, parts: list[str]) -> str:
        text = "".join(parts)
        return trim_whitespace(text) if self.is_trimmed else text


def collect(source: str, file: Path, found: Found) -> None:
    """Add the sentences of one template."""
    block: _Block | None = None
    in_comment = False
    for token in Lexer(source).tokenize():
        name = _name(token)
        if in_comment or name == "comment":
            in_comment = name != "endcomment"
        elif block is not None:
            block = _inside(token, name, block, file, found)
        elif name in BLOCK:
            bits = token.split_contents()
            block = _Block(token.lineno or 0, _option(bits, "context"), "trimmed" in bits)
            _marked(token, file, found)
        elif name in TRANSLATE:
            _translate(token, file, found)
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            _marked(token, file, found)


def _inside(token: Token, name: str, block: _Block, file: Path, found: Found) -> _Block | None:
    if token.token_type == TokenType.TEXT:
        block.write(token.contents.replace("%", "%%"))
    elif token.token_type == TokenType.VAR:
        block.write(f"%({token.contents})s")
    elif name == "plural":
        block.plural_parts = []
    elif name in END_BLOCK:
        found.add(block.message(), file, block.line)
        return None
    return block


def _translate(token: Token, file: Path, found: Found) -> None:
    bits = token.split_contents()
    literal = LITERAL.match(bits[1]) if len(bits) > 1 else None
    if literal is None:
        found.problems.append(Problem(file, token.lineno or 0, "{% translate %} needs a sentence, not a variable"))
        return
    found.add(Message(_text(literal), context=_option(bits, "context")), file, token.lineno or 0)


def _marked(token: Token, file: Path, found: Found) -> None:
    for literal in MARKED.finditer(token.contents):
        found.add(Message(_text(literal)), file, token.lineno or 0)


def _option(bits: list[str], name: str) -> str:
    if name not in bits[:-1]:
        return ""
    literal = LITERAL.match(bits[bits.index(name) + 1])
    return _text(literal) if literal else ""


def _text(literal: re.Match[str]) -> str:
    quote = literal["quote"]
    return literal["text"].replace(f"\\{quote}", quote).replace("\\\\", "\\").replace("%", "%%")


def _name(token: Token) -> str:
    return token.contents.split(None, 1)[0] if token.token_type == TokenType.BLOCK and token.contents else ""
