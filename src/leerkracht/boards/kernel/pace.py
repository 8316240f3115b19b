"""How long each step takes at this board, learnt from its own sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

STEPS = ("CHECK_IN", "SUCCESSES", "GOALS", "ACTIONS", "PLANNING", "ROUND_OFF")
TOTAL_SECONDS = 15 * 60
DEFAULT_SPLIT: Mapping[str, int] = {
    "CHECK_IN": 120,
    "SUCCESSES": 120,
    "GOALS": 240,
    "ACTIONS": 240,
    "PLANNING": 120,
    "ROUND_OFF": 60,
}
SESSIONS_NEEDED = 3
SHORTEST_SECONDS = 60
GRAIN_SECONDS = 60  # whole minutes: what the step bar shows adds up to fifteen


def learnt_split(history: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Divide fifteen minutes over the steps as this team needs them.

    Parameters
    ----------
    history : seconds per step of earlier sittings, newest first; steps may be missing

    Returns
    -------
    seconds per step, whole minutes, at least 60 each, together 900; the default split below three sittings

    Notes
    -----
    Per step the median (a session that somebody forgot to close moves it little), scaled to 900 seconds, rounded by
    largest remainder so that the sum stays exact.
    """
    if len(history) < SESSIONS_NEEDED:
        return dict(DEFAULT_SPLIT)
    medians = {step: median([h.get(step, 0) for h in history]) for step in STEPS}
    total = sum(medians.values())
    if total <= 0:
        return dict(DEFAULT_SPLIT)
    grains = TOTAL_SECONDS // GRAIN_SECONDS
    free = grains - len(STEPS) * (SHORTEST_SECONDS // GRAIN_SECONDS)
    exact = {step: free * value / total for step, value in medians.items()}
    whole = {step: int(value) for step, value in exact.items()}
    left = free - sum(whole.values())
    for step in sorted(STEPS, key=lambda s: (whole[s] - exact[s], STEPS.index(s)))[:left]:
        whole[step] += 1
    return {step: (whole[step] + SHORTEST_SECONDS // GRAIN_SECONDS) * GRAIN_SECONDS for step in STEPS}
