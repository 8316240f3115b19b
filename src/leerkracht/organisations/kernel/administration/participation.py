"""Stages and their history: dated rows per school, one at a time, gaps allowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from .columns import Line
from .places import Places, RowRefused, SchoolRef
from .plans import CHANGED, NEW, PARTICIPATION, SAME, Outcome, Plan, Setting, Write, day_words, period_words
from .stages import stage_of

_REASON = 300


@dataclass(frozen=True)
class Period:
    """A stage of a school as it stands in the database."""

    pk: int
    stage: str
    start: date
    end: date | None
    reason: str = ""


@dataclass(frozen=True)
class Wanted:
    """A row that was read: the stage somebody says a school was in."""

    line: int
    school: SchoolRef
    stage: str
    start: date
    end: date | None
    reason: str


def plan_participation(
    lines: Sequence[Line],
    places: Places,
    known: Mapping[int, Sequence[Period]],
    setting: Setting,
    *,
    is_history: bool,
) -> Plan:
    """Plan a sheet of stages (the stage now) or of history (what came when)."""
    plan, by_school = Plan(), defaultdict[int, list[Wanted]](list)
    for line in lines:
        try:
            wanted = _read(line, places, setting, is_history)
        except Refusal as refusal:
            plan.refuse(line.number, refusal, line.get("school_name") or line.get("school_code"))
            continue
        by_school[wanted.school.pk].append(wanted)
    for pk, rows in by_school.items():
        _School(known.get(pk, ()), plan, setting, moves_start=not is_history).take(rows)
    return plan.sort()


def _read(line: Line, places: Places, setting: Setting, is_history: bool) -> Wanted:
    school = places.school(line)
    stage = _stage(line, setting)
    if not line.get("from_date"):
        raise RowRefused("row.no_day", _("De begindatum van %(school)s ontbreekt."), school=school)
    start = setting.day(line.get("from_date"))
    end = setting.day(line.get("to_date")) if is_history and line.get("to_date") else None
    if end is not None and end <= start:
        text = _("De einddatum (%(end)s) ligt niet na de begindatum (%(start)s).")
        raise RowRefused("row.end_first", text, start=day_words(start), end=day_words(end))
    return Wanted(line.number, school, stage, start, end, line.get("reason")[:_REASON])


def _stage(line: Line, setting: Setting) -> str:
    word = line.get("stage")
    if not word:
        raise RowRefused("row.no_stage", _("De fase ontbreekt."))
    stage = stage_of(word, setting.own_words)
    if stage is None:
        raise RowRefused(
            "row.stage", _("De fase ‘%(word)s’ kennen we niet. Zeg hierboven wat je ermee bedoelt."), word=word[:60]
        )
    return stage


def _overlap(before: Wanted, after: Wanted) -> bool:
    """Whether two rows, in order of their first days, speak of the same time; without an end it yields to the next."""
    return before.start == after.start or (before.end is not None and before.end > after.start)


class _School:
    """The rows of one school, laid beside what stands there, in the order of their days."""

    def __init__(self, known: Iterable[Period], plan: Plan, setting: Setting, *, moves_start: bool) -> None:
        self.known = sorted(known, key=lambda period: (period.start, period.pk))
        self.plan, self.setting, self.moves_start = plan, setting, moves_start

    def take(self, rows: list[Wanted]) -> None:
        """Place all rows that can stand; whoever is refused makes no room, so the rest is laid out anew."""
        rows = self._without_clashes(rows)
        while True:
            refused = self._try(rows)
            if not refused:
                break
            for wanted in [row for row in rows if row.line in refused]:
                self.plan.refuse(wanted.line, refused[wanted.line], str(wanted.school))
            rows = [row for row in rows if row.line not in refused]
        self.plan.writes += self.writes
        self.plan.outcomes += self.outcomes

    def _try(self, rows: list[Wanted]) -> dict[int, RowRefused]:
        self.writes: list[Write] = []
        self.outcomes: list[Outcome] = []
        refused: dict[int, RowRefused] = {}
        pairs = [(wanted, self._match(wanted)) for wanted in rows]
        matched = {period.pk for _wanted, period in pairs if period}
        self.rest = [period for period in self.known if period.pk not in matched and period.end != period.start]
        for number, (wanted, period) in enumerate(pairs):
            after = rows[number + 1].start if number + 1 < len(rows) else None
            try:
                self._place(wanted, period, after)
            except RowRefused as refusal:
                refused[wanted.line] = refusal
        return refused

    def _without_clashes(self, rows: list[Wanted]) -> list[Wanted]:
        """Rows that can stand beside one another; a double is the same, what contradicts an earlier row is refused."""
        kept: list[Wanted] = []
        for wanted in sorted(rows, key=lambda row: (row.line,) if self.moves_start else (row.start, row.line)):
            before = kept[-1] if kept else None
            if before is None or not (self.moves_start or _overlap(before, wanted)):
                kept.append(wanted)
            elif (before.start, before.stage, before.end) == (wanted.start, wanted.stage, wanted.end):
                words = self._words(wanted, wanted.end)
                self.plan.outcomes.append(Outcome(wanted.line, SAME, str(wanted.school), words))
            else:
                text = _("Op regel %(line)s is %(school)s in die tijd al in een andere fase. Het kan er maar één zijn.")
                if self.moves_start:
                    text = _("Op regel %(line)s staat %(school)s ook, met een andere fase of datum. Laat er één staan.")
                refusal = RowRefused("row.overlap_in_file", text, line=before.line, school=wanted.school)
                self.plan.refuse(wanted.line, refusal, str(wanted.school))
        return kept

    def _match(self, wanted: Wanted) -> Period | None:
        """The row in the database that this row speaks about: the same first day, or the same stage that runs now."""
        for period in self.known:
            if period.start == wanted.start and period.end != period.start:
                return period
        if not self.moves_start:
            return None
        return next((one for one in self.known if one.end is None and one.stage == wanted.stage), None)

    def _place(self, wanted: Wanted, period: Period | None, after: date | None) -> None:
        """Find the end of the row, make room for it, and write down what changes."""
        end, closes = wanted.end or (period.end if period else None), None
        for other in self.rest:
            if other.start >= wanted.start:
                end = self._before(other, wanted, end)
            elif other.end is None and wanted.end is None:
                closes = other
            elif other.end is None or other.end > wanted.start:
                raise self._overlap(other)
        if after is not None and (end is None or end > after):
            end = after
        if closes is not None:
            self._close(closes, wanted)
        self._write(wanted, period, end, closes)

    def _before(self, other: Period, wanted: Wanted, end: date | None) -> date:
        """A row without an end lasts until the next; one with an end may not run into it."""
        if wanted.end is not None and wanted.end > other.start:
            raise self._overlap(other)
        if self.moves_start:
            text = _("Deze school is sinds %(day)s al in fase ‘%(stage)s’. Een eerdere fase hoort in het verloop.")
            raise RowRefused(
                "row.later_stage", text, day=day_words(other.start), stage=self.setting.stage_labels[other.stage]
            )
        return min(end, other.start) if end else other.start

    def _overlap(self, other: Period) -> RowRefused:
        text = _("Deze school was in die tijd al in fase ‘%(stage)s’ (%(period)s). Twee fasen tegelijk kan niet.")
        words = period_words(other.start, other.end)
        return RowRefused("row.overlap", text, stage=self.setting.stage_labels[other.stage], period=words)

    def _close(self, other: Period, wanted: Wanted) -> None:
        self.writes.append(Write(PARTICIPATION, wanted.line, other.pk, {"to_date": wanted.start}))
        self.rest = [replace(one, end=wanted.start) if one.pk == other.pk else one for one in self.rest]

    def _write(self, wanted: Wanted, period: Period | None, end: date | None, closes: Period | None) -> None:
        values: dict[str, object] = {"stage": wanted.stage, "from_date": wanted.start, "to_date": end}
        said, school = self._words(wanted, end), str(wanted.school)
        if period is None:
            values |= {"school_id": wanted.school.pk, "reason": wanted.reason}
            self.writes.append(Write(PARTICIPATION, wanted.line, None, values))
            self.outcomes.append(Outcome(wanted.line, NEW, school, said, self._was(closes) if closes else ""))
            return
        values["reason"] = wanted.reason or period.reason
        had = {"stage": period.stage, "from_date": period.start, "to_date": period.end, "reason": period.reason}
        changes = {name: value for name, value in values.items() if value != had[name]}
        if changes:
            self.writes.append(Write(PARTICIPATION, wanted.line, period.pk, changes))
            self.outcomes.append(Outcome(wanted.line, CHANGED, school, said, self._was(period)))
        else:
            self.outcomes.append(Outcome(wanted.line, SAME, school, said))

    def _was(self, period: Period) -> str:
        return f"{self.setting.stage_labels[period.stage]}, {period_words(period.start, period.end)}"

    def _words(self, wanted: Wanted, end: date | None) -> str:
        return f"{self.setting.stage_labels[wanted.stage]}, {period_words(wanted.start, end)}"
