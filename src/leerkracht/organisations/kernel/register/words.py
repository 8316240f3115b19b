"""Names as people write and search them."""

from __future__ import annotations

import re
import unicodedata

_SMALL = frozenset(
    ("aan", "a/d", "bij", "de", "den", "der", "en", "gem", "het", "in", "op", "te", "ten", "ter", "van", "’t")
)
_NOT_WORDS = re.compile(r"[^0-9a-z]+")


def folded(*texts: str) -> str:
    """Texts as one line of small letters without accents or signs, as a searcher types them."""
    plain = unicodedata.normalize("NFKD", " ".join(texts).casefold().replace("ß", "ss"))
    return _NOT_WORDS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def place_name(text: str) -> str:
    """A place in capitals as it stands on the sign: 'BERGEN OP ZOOM' is Bergen op Zoom; other text stays as it is."""
    if not text.isupper():
        return text
    words = [_place_word(word, is_first=number == 0) for number, word in enumerate(text.split())]
    return " ".join(words)


def _place_word(word: str, *, is_first: bool) -> str:
    small = word.lower()
    if small in _SMALL and (not is_first or small == "’t"):
        return small
    return "-".join(_capital(part) for part in small.split("-"))


def _capital(part: str) -> str:
    if part in ("'s", "’s"):
        return part
    return "IJ" + part[2:] if part.startswith("ij") else part[:1].upper() + part[1:]
