"""A board shaped for its page: columns of sections, sections of cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from leerkracht.accounts.models import Person

from ..models import Board, Theme
from ..rules.entities import OPEN_GOAL, Action, BoardState, Goal, Note, Section, Session
from . import boards
from .cards import Card, Surroundings, card_of
from .rhythm import next_session_date
from .words import SectorWords, sector_words, title_of

OWN_COLUMN = frozenset({"CHECK_IN", "ACTIONS"})
MOST_IN_COLUMN = 4
MOST_GOALS = 3


@dataclass(frozen=True)
class SectionView:
    """One section with its cards in order; ``anchor`` is where a QR or the switcher leads."""

    id: str
    kind: str
    title: str
    anchor: str
    count: str
    holds: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Column:
    """Sections under one another; ``is_side`` for the narrow one."""

    sections: tuple[SectionView, ...]
    is_side: bool


@dataclass(frozen=True)
class BoardPage:
    """What the page shows, besides its frame."""

    columns: tuple[Column, ...]
    words: SectorWords
    is_empty: bool
    session: Session | None
    planned: Session | None

    @property
    def sections(self) -> Iterator[SectionView]:
        return (section for column in self.columns for section in column.sections)


def page_of(board: Board, state: BoardState, people: dict[int, Person], today: date) -> BoardPage:
    """Shape ``state`` for the page; hidden sections stay away."""
    words = sector_words(board.school.sector)
    around = Surroundings.of(state, people, today)
    views = [_section(section, around, words) for section in shown_sections(state)]
    planned = [s for s in state.session.values() if s.state == "PLANNED" and s.planned_date >= today]
    return BoardPage(
        columns=tuple(columns_of(views)),
        words=words,
        is_empty=not (state.goal or state.action or state.note),
        session=state.current_session(),
        planned=min(planned, key=lambda s: s.planned_date, default=None),
    )


def shown_sections(state: BoardState) -> list[Section]:
    """Sections that are not hidden, in the team's order."""
    return sorted((s for s in state.section.values() if not s.is_hidden), key=lambda s: (s.position, s.id))


def columns_of(sections: Iterable[SectionView]) -> Iterator[Column]:
    """Divide sections over columns in their own order: check-in and actions stand alone, the rest share."""
    group: list[SectionView] = []
    for section in sections:
        alone = section.kind in OWN_COLUMN
        if group and (alone or len(group) == MOST_IN_COLUMN):
            yield Column(tuple(group), is_side=False)
            group = []
        if alone:
            yield Column((section,), is_side=section.kind == "CHECK_IN")
        else:
            group.append(section)
    if group:
        yield Column(tuple(group), is_side=False)


def rows_in(section: Section, state: BoardState) -> list[Any]:
    """The goals, actions or notes of a section in the order in which they hang."""
    if section.kind == "GOALS":
        goals = [g for g in state.goal.values() if g.on_board]
        order = {"ACTIVE": 0, "DRAFT": 1}
        return sorted(goals, key=lambda g: (order.get(g.state, 2), g.position, g.id))
    if section.kind == "ACTIONS":
        actions = [a for a in state.action.values() if a.on_board]
        return sorted(actions, key=lambda a: (a.state != "OPEN", a.position, a.id))
    notes = [n for n in state.note.values() if n.on_board and n.section == section.id]
    if section.kind == "PLANNING":
        return sorted(notes, key=lambda n: (n.state == "CLOSED", n.day or date.max, n.time, n.position, n.id))
    return sorted(notes, key=lambda n: (n.state == "CLOSED", n.position, n.id))


def anchor_of(section: Section) -> str:
    """The name of a section in an address; an own section goes by its id."""
    return f"section-{section.id if section.kind == 'CUSTOM' else section.kind.lower().replace('_', '-')}"


def members_on(board: Board, on: date) -> dict[int, Person]:
    """Who belongs at the board, by name; one query."""
    return {person.pk: person for person in boards.named_members_of(board, on)}


def people_of(state: BoardState, members: dict[int, Person]) -> dict[int, Person]:
    """Members and whoever else stands on a card: who left is still known by initials."""
    named = {a.owner for a in state.action.values()} | {n.person for n in state.note.values() if n.person}
    gone = named - set(members)
    return members | (Person.objects.in_bulk(gone) if gone else {})


def people_on(board: Board, state: BoardState, on: date) -> dict[int, Person]:
    """Everybody whom a screen of this board may have to name."""
    return people_of(state, members_on(board, on))


def running_themes(themes: Iterable[Theme], on: date) -> list[str]:
    """Titles of those of ``themes`` that run today, newest first."""
    running = [t for t in themes if t.state == Theme.State.ACTIVE and t.from_date <= on <= t.to_date]
    return [t.title for t in sorted(running, key=lambda t: t.from_date, reverse=True)]


def siblings_of(board: Board, person: Person, on: date, *, can_edit: bool) -> list[Board]:
    """The boards beside this one that the reader may open, in the order of the tabs.

    Who may write on a board of a team belongs to it or leads its school, and reads everything beside it: then no
    right needs to be asked again (the matrix of rights holds both answers together).
    """
    if board.team_id is None:
        return [board]
    near = Q(team=board.team_id, archived_at=None) | Q(pk=board.pk)
    near |= Q(school=board.school_id, kind=Board.Kind.IMPLEMENTATION, archived_at=None)
    found = Board.objects.filter(near) if can_edit else boards.boards_for(person, on).filter(near)
    order = {kind: place for place, kind in enumerate(Board.Kind.values)}
    return sorted(found, key=lambda b: (order[b.kind], b.pk))


def next_session(board: Board, state: BoardState, today: date) -> date:
    """The day of the next session: the planned one, or a week on."""
    planned = [s.planned_date for s in state.session.values() if s.state == "PLANNED" and s.planned_date > today]
    return min(planned) if planned else next_session_date(board, today)


def _section(section: Section, around: Surroundings, words: SectorWords) -> SectionView:
    rows: list[Any] = rows_in(section, around.state) if section.kind != "CHECK_IN" else []
    return SectionView(
        id=str(section.id),
        kind=section.kind,
        title=title_of(section, words),
        anchor=anchor_of(section),
        count=count_of(section.kind, rows),
        holds={"GOALS": "goal", "ACTIONS": "action", "CHECK_IN": ""}.get(section.kind, "note"),
        cards=tuple(card_of(row, around) for row in rows),
    )


def count_of(kind: str, rows: list[Any]) -> str:
    """The small figure beside a section's name."""
    if kind == "GOALS":
        return _("%(count)s van %(most)s") % {"count": sum(g.state == "ACTIVE" for g in rows), "most": MOST_GOALS}
    if kind == "ACTIONS":
        open_rows = sum(a.state == "OPEN" for a in rows)
        return _("%(count)s open") % {"count": open_rows} if open_rows else ""
    standing = sum(n.state != "CLOSED" for n in rows)
    return str(standing) if standing else ""


def count_words() -> dict[str, str]:
    """The same figures for the page's own script."""
    return {"goals": _("%(count)s van %(most)s"), "actions": _("%(count)s open"), "most": str(MOST_GOALS)}


def open_cards(state: BoardState) -> list[Goal | Action | Note]:
    """What may come along to a new school year: open goals, open actions and what is planned, parked or asked."""
    goals = [g for g in state.goal.values() if g.on_board and g.state in OPEN_GOAL]
    actions = [a for a in state.action.values() if a.on_board and a.state == "OPEN"]
    past = {s.id for s in state.section.values() if s.kind == "SUCCESSES"}
    notes = [n for n in state.note.values() if n.on_board and n.state != "CLOSED" and n.section not in past]
    return [*goals, *actions, *notes]
