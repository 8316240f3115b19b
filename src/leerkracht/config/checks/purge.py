"""Whether what is over is let go each night."""

from datetime import timedelta

from django.utils import timezone

from leerkracht.accounts.queries.purge import last_purge
from leerkracht.config.checks import Finding, fine, note

ABOUT = "purge"
LATE = timedelta(hours=36)


def look() -> list[Finding]:
    last = last_purge()
    if last is None:
        return [
            note(ABOUT, "Nothing was purged yet. `leerkracht work` does it each night, `leerkracht privacy purge` now.")
        ]
    if timezone.now() - last > LATE:
        return [
            note(ABOUT, f"The last purge was on {last:%Y-%m-%d %H:%M}. Run `leerkracht work`; it does it each night.")
        ]
    return [fine(ABOUT, f"What is over was let go on {last:%Y-%m-%d %H:%M}.")]
