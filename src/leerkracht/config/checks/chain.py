"""Whether the sealed logs are as they were sealed, and how much waits for a seal."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from leerkracht.accounts.queries import anchor, chain
from leerkracht.accounts.rules.trail import LONGEST_SECONDS
from leerkracht.config.checks import Finding, fine, note, wrong

ABOUT = "trail"
# So many of the newest rows are looked at each time, in seconds; `doctor --full` and the worker each day look at all.
NEWEST_ROWS = 200_000


def look(*, is_full: bool = False) -> list[Finding]:
    return [_waiting(timezone.now()), *_chain(1 if is_full else chain.first_of_newest(NEWEST_ROWS))]


def _waiting(now: datetime) -> Finding:
    waits = chain.waiting()
    seconds = (now - waits.since).total_seconds() if waits.since else 0
    if seconds <= LONGEST_SECONDS:
        return fine(ABOUT, f"{waits.rows} rows wait for a seal, the oldest for {max(0, round(seconds))} s.")
    # A note: without a worker nothing is being served either, or it is a first look at old rows.
    text = f"{waits.rows} rows wait for a seal, the oldest for {round(seconds / 60)} min."
    return note(ABOUT, f"{text} Run `leerkracht work`, or once `leerkracht audit seal`.")


def _chain(first: int) -> list[Finding]:
    verdict = chain.look(first=first)
    found = [_verdict(verdict)]
    known = None if not verdict.holds else anchor.known()
    if known and known.restores:
        times = len(known.restores)
        found.append(note(ABOUT, f"A backup was put back {times} times and accepted, last {known.restores[-1]}."))
    if known and known.torn:
        found.append(note(ABOUT, f"The anchor holds {known.torn} lines that are not whole, as after a power cut."))
    return found


def _verdict(verdict: chain.Verdict) -> Finding:
    if not verdict.holds:
        one = verdict.broken[0]
        more = f" (and {len(verdict.broken) - 1} more)" if len(verdict.broken) > 1 else ""
        where = " ".join(part for part in (f"seal {one.seal}:" if one.seal else "", one.what, one.row) if part)
        return wrong(ABOUT, f"{where}{more}. `leerkracht audit verify` shows all; docs/operations.md says what now.")
    part = "" if verdict.first == 1 else f" This is the newest part, from seal {verdict.first} on; --full looks at all."
    return fine(ABOUT, f"{verdict.rows} rows under {verdict.seals} seals are as they were sealed.{part}")
