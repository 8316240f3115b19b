"""The six steps of a session as a screen shows them: title, what to say now, how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import BoardSession
from ..rules.entities import STEPS, BoardState, Session
from .words import SectorWords


@dataclass(frozen=True)
class Step:
    """One step: ``state`` is done, now or next; seconds planned, and used in this sitting before the running moment."""

    kind: str
    title: str
    state: str
    planned: int
    spent: int

    @property
    def detail(self) -> str:
        if self.state == "done" and self.spent == 0:
            return _("overgeslagen")
        return _("%(count)s min") % {"count": minutes(self.spent if self.state == "done" else self.planned)}


def steps_of(state: BoardState, session: Session) -> list[Step]:
    """The steps of this board; a section that the team hides has no step."""
    shown = visible_steps(state)
    spent = session.spent.get(str(session.sitting), {})
    place = shown.index(session.step) if session.step in shown else 0
    titles = {section.kind: section.title for section in state.section.values() if section.title}
    return [
        Step(
            kind=kind,
            title=titles.get(kind) or str(BoardSession.Step(kind).label),
            state="done" if number < place else "now" if number == place else "next",
            planned=session.split.get(kind, 0),
            spent=spent.get(kind, 0),
        )
        for number, kind in enumerate(shown)
    ]


def visible_steps(state: BoardState) -> list[str]:
    """Kinds of steps in their fixed order, without those of hidden or missing sections; there is always a round-off."""
    kinds = {section.kind for section in state.section.values() if not section.is_hidden}
    return [step for step in STEPS if step == "ROUND_OFF" or step in kinds]


def following(steps: Iterable[Step]) -> Step | None:
    """The step after the one that is now."""
    return next((step for step in steps if step.state == "next"), None)


def script_of(kind: str, words: SectorWords) -> str:
    """The one line that says what to do now."""
    lines = {
        "CHECK_IN": _("Tik een gezicht. Wie wil er iets over zeggen?"),
        "SUCCESSES": _("Wat is er gelukt sinds de vorige keer? Zeg het kort, en zeg waardoor."),
        "GOALS": _("Waar staan we? Wat doen de %(pupils)s nu anders dan vorige week?"),
        "ACTIONS": _("Eerst wat open staat, één voor één. Dan: wie doet wat, en wanneer is het klaar?"),
        "PLANNING": _("Wie bereidt samen voor, en wie kijkt bij wie? Zet dag en tijd erbij."),
        "ROUND_OFF": _("Eén top en één tip voor wie leidde. Wanneer staan we hier weer?"),
    }
    return words.fill(lines[kind])


def minutes(seconds: int) -> str:
    """Whole minutes, or a half where a step is shorter: ‘½’ reads better than ‘0’."""
    whole, rest = divmod(max(0, seconds), 60)
    if whole == 0:
        return "½" if seconds else "0"
    return str(whole + (rest >= 30))
