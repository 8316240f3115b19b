"""Whether browsers refused something of our pages lately: a page that breaks the policy, or somebody who tried."""

from __future__ import annotations

from django.utils import timezone

from leerkracht.config.checks import Finding, fine, note
from leerkracht.core.queries.reports import refusals_since

ABOUT = "policy"
NOT_OURS = "extension"


def look() -> list[Finding]:
    ours = {what: times for what, times in refusals_since(timezone.localdate()).items() if not what.endswith(NOT_OURS)}
    if not ours:
        return [fine(ABOUT, "No browser refused anything of our pages this week.")]
    words = ", ".join(f"{what} ({times})" for what, times in sorted(ours.items()))
    text = f"Browsers refused this week: {words}. Often an extension of the reader; a rise after an upgrade is a fault."
    return [note(ABOUT, text)]
