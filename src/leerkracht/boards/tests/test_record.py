"""A record is what the log says happened between the start and the end of a session."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from leerkracht.boards.kernel.record import Line, headline, record, summary
from leerkracht.boards.rules.decide import Context, decide
from leerkracht.boards.rules.entities import BoardState
from leerkracht.boards.rules.fold import fold
from leerkracht.boards.rules.operations import PAYLOADS, Operation

START = datetime(2026, 11, 17, 13, 30, tzinfo=UTC)
TODAY = START.date()
PEOPLE = (1, 2, 3)


class Wall:
    """A board in memory: asks, folds and keeps the lines since the session started."""

    def __init__(self) -> None:
        self.state, self.now, self.lines = BoardState(), START - timedelta(hours=1), []
        self.session = uuid4()
        self.ask("board.open")

    def ask(self, kind, *, after: int = 0, **payload):
        self.now += timedelta(seconds=after)
        operation = Operation(uuid4(), PAYLOADS[kind](**payload))
        context = Context(
            operation=operation.id, now=self.now, today=TODAY, board_kind="IMPROVEMENT", actor_kind="PERSON",
            members=frozenset(PEOPLE), undone=getattr(self, "undone", None),
        )  # fmt: skip
        changes = decide(operation, self.state, context).changes
        fold(self.state, changes, seq=self.state.seq + 1)
        self.lines.append(Line(kind, changes))
        return changes

    def start(self):
        self.before = BoardState(
            self.state.seq,
            **{n: dict(self.state.rows(n)) for n in ("section", "goal", "measurement", "action", "note")},
        )
        self.lines, self.now = [], START
        self.ask("session.start", id=self.session, leader=1, present=PEOPLE[:2])

    def section(self, kind: str) -> UUID:
        return next(s.id for s in self.state.section.values() if s.kind == kind)

    def action(self, text: str, **fields) -> UUID:
        key = uuid4()
        self.ask("action.add", id=key, text=text, owner=2, due_date=TODAY + timedelta(days=3), **fields)
        return key

    def told(self):
        return record(self.before, self.lines, self.state.session[self.session])


def a_session() -> Wall:
    wall = Wall()
    old, stays, drags = (wall.action(text) for text in ("Oud en af", "Loopt nog", "Schuift"))
    wall.start()
    wall.ask("session.step", id=wall.session, step="ACTIONS", after=120)
    wall.ask("action.celebrate", id=old, success=uuid4(), after=60)
    wall.ask("action.carry", id=drags, due_date=TODAY + timedelta(days=7))
    wall.action("Nieuw")
    wall.ask("note.add", id=uuid4(), section=wall.section("PLANNING"), text="Lesbezoek", day=TODAY + timedelta(days=2))
    wall.ask("session.round_off", id=wall.session, top="Tempo")
    wall.ask("session.close", id=wall.session, next_date=TODAY + timedelta(days=7), after=540)
    assert stays in wall.state.action
    return wall


def test_a_record_holds_what_the_session_changed_and_nothing_else():
    told = a_session().told()
    assert [a.text for a in told.new_actions] == ["Nieuw"]
    assert [a.text for a in told.done] == ["Oud en af"]
    assert [a.text for a in told.carried] == ["Schuift"]
    assert [n.text for n in told.successes] == ["Oud en af"]
    assert [n.text for n in told.planned] == ["Lesbezoek"]
    assert (told.session.top, told.present, told.minutes) == ("Tempo", (1, 2), 12)


def test_the_headline_says_minutes_and_actions():
    told = headline(a_session().told())
    assert told.text % told.values == "12 van 15 minuten, 1 actie, met een eigenaar"


def test_who_was_away_reads_five_lines_and_first_of_all_what_is_theirs():
    lines = [phrase.text % phrase.values for phrase in summary(a_session().told(), person=2)]
    assert lines == [
        "Op 2026-11-17 stonden 2 collega’s aan het bord (12 min).",
        "Gelukt: ‘Oud en af’.",
        "De doelen bleven zoals ze waren.",
        "Voor jou: ‘Nieuw’, voor 2026-11-20.",
        "De volgende keer: 2026-11-24.",
    ]


def test_what_was_taken_back_in_the_session_is_not_told():
    wall = Wall()
    wall.start()
    changes = wall.ask("action.add", id=uuid4(), text="Toch niet", owner=1, due_date=TODAY)
    wall.undone = tuple(changes)
    wall.ask("undo", operation=uuid4())
    assert wall.told().new_actions == ()


def test_two_groups_are_one_record():
    wall = Wall()
    wall.start()
    wall.ask("session.pause", id=wall.session, after=600)
    wall.ask("session.resume", id=wall.session, leader=3, present=(3,), after=3600)
    wall.ask("session.close", id=wall.session, after=480)
    first, second = wall.told().sittings
    assert (first.present, first.roles["leader"], first.seconds) == ((1, 2), 1, 600)
    assert (second.present, second.roles["leader"], second.seconds) == ((3,), 3, 480)
    assert wall.told().minutes == 10


@settings(deadline=None)
@given(st.lists(st.sampled_from(["add", "done", "drop", "reopen", "carry"]), max_size=12))
def test_an_action_is_told_at_most_once_and_as_it_ended(acts):
    wall = Wall()
    action = wall.action("Een")
    wall.start()
    for act in acts:
        known = wall.state.action[action]
        if act == "add":
            wall.ask("action.add", id=uuid5(action, str(len(wall.lines))), text="Nog een", owner=1, due_date=TODAY)
        elif act != "carry" or known.state == "OPEN":
            more = {"due_date": TODAY} if act == "carry" else {}
            wall.ask(f"action.{act}", id=action, **more)
    told = wall.told()
    ended = wall.state.action[action].state
    assert len(told.new_actions) == acts.count("add")
    assert (len(told.done), len(told.dropped)) == (int(ended == "DONE"), int(ended == "DROPPED"))
    assert len(told.carried) == int(ended == "OPEN" and wall.state.action[action].carried > 0)
