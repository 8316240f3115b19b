"""What stands on the board afterwards, beside what the devices were told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leerkracht.boards.models import Board, Operation
from leerkracht.boards.queries import state as states
from leerkracht.boards.rules.entities import ENTITIES, BoardState
from leerkracht.boards.rules.fold import fold


@dataclass(frozen=True)
class Verdict:
    """Counts of operations; ``wrong`` says in words where log and tables tell two stories.

    ``lost`` were acknowledged and are not there, ``double`` are there more than once, ``mixed`` got answers that
    contradict each other or the log.
    """

    acknowledged: int
    refused: int
    lost: int
    double: int
    mixed: int
    wrong: list[str]

    @property
    def is_ok(self) -> bool:
        return not (self.lost or self.double or self.mixed or self.wrong)


def verdict(board_id: int, journal: list[dict[str, Any]]) -> Verdict:
    """Compare the log of a board with ``journal``: per operation its ids and the answers ([status, place]) it got."""
    places = {str(key): seq for key, seq in Operation.objects.filter(board=board_id).values_list("id", "seq")}
    there = [[places[key] for key in entry["ids"] if key in places] for entry in journal]
    heard = [[seq for status, seq in entry["answers"] if status != "REFUSED"] for entry in journal]
    return Verdict(
        acknowledged=sum(bool(seqs) for seqs in heard),
        refused=sum(not seqs for seqs in heard),
        lost=sum(bool(seqs) and not found for seqs, found in zip(heard, there, strict=True)),
        double=sum(len(found) > 1 for found in there),
        mixed=sum(_is_mixed(entry, found) for entry, found in zip(journal, there, strict=True)),
        wrong=differences(board_id),
    )


def _is_mixed(entry: dict[str, Any], found: list[int]) -> bool:
    """Told two places, told no after yes, told ‘applied’ twice, or told no while it stands in the log."""
    answers = [(status, seq) for status, seq in entry["answers"]]
    said = [seq for status, seq in answers if status != "REFUSED"]
    first_yes = next((i for i, (status, _seq) in enumerate(answers) if status != "REFUSED"), len(answers))
    no_after_yes = any(status == "REFUSED" for status, _seq in answers[first_yes:])
    twice = sum(status == "APPLIED" for status, _seq in answers) > 1
    return (
        len(set(said)) > 1 or no_after_yes or twice or (not said and bool(found)) or not set(said) <= set(found or said)
    )


def differences(board_id: int) -> list[str]:
    """Say in words where a board's log, its tables and its length tell two stories; empty when they tell one."""
    board = Board.objects.get(pk=board_id)
    lines = list(Operation.objects.filter(board=board).order_by("seq"))
    found = []
    if [line.seq for line in lines] != list(range(1, board.last_seq + 1)):
        found.append(f"the log has {len(lines)} lines, the board counts {board.last_seq}")
    if lines and lines[-1].pk != board.last_operation:
        found.append("the board names another last line than the log has")
    state = BoardState()
    for line in lines:
        found += _fold_line(state, line)
    for entity in ENTITIES:
        table = states.rows_of(entity, states.MODELS[entity]._base_manager.filter(board=board))
        if state.rows(entity) != table:
            found.append(f"{entity}: the log says {len(state.rows(entity))} rows, the table has {len(table)} or others")
    return found


def _fold_line(state: BoardState, line: Operation) -> list[str]:
    """Fold one line; say where it claims something about before that was not so."""
    found = []
    for change in states.changes_of(line):
        known = state.rows(change.entity).get(change.id)
        if (known is None) != (change.was is None):
            found.append(f"line {line.seq} ({line.kind}): {change.entity} {change.id} is new twice, or changed unmade")
        elif change.was is not None and any(getattr(known, name) != was for name, was in change.was.items()):
            found.append(f"line {line.seq} ({line.kind}): {change.entity} {change.id} was not what the line says")
        fold(state, [change], seq=line.seq)
    return found
