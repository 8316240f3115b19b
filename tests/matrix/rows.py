"""One row of the table: who gets in, who may look but not do this, and what the rest hears."""

from __future__ import annotations

from .people import COOKIES, EVERYBODY, HALF, names

Row = dict[str, str]
OK, LOGIN, SECOND_FACTOR = "ok", "login", "second_factor"


def row(ok: str = "", *, no: str = "", rest: str = "404", **others: str) -> Row:
    """A page behind the sign-in: ``ok`` get it, ``no`` hear 403, the rest 404; visitors are sent to sign in.

    ``rest="405"`` is a method that the page does not know; ``others`` name people for another answer
    (``login="…"``, ``s_403="…"``: a name of Python may not begin with a figure).
    """
    return _row(ok, no, rest, others, door=True)


def open_row(ok: str = "everybody", *, no: str = "", rest: str = "404", **others: str) -> Row:
    """A page that does its own checking or needs none (``@public``): nobody is sent to sign in before it."""
    return _row(ok, no, rest, others, door=False)


def _row(ok: str, no: str, rest: str, others: Row, *, door: bool) -> Row:
    told = [("ok", ok), ("403", no), *((answer.removeprefix("s_"), words) for answer, words in others.items())]
    found: Row = {}
    for answer, words in told:
        for name in names(words):
            if name in found:
                raise ValueError(f"{name} stands in this row twice")
            found[name] = answer
    kept = {**dict.fromkeys(COOKIES, LOGIN), **dict.fromkeys(HALF, SECOND_FACTOR)} if door else {}
    return {name: found.get(name) or kept.get(name, rest) for name in EVERYBODY}
