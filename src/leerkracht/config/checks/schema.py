"""Whether the database is at this version."""

from leerkracht.config.checks import Finding, fine, wrong
from leerkracht.config.serving import schema

ABOUT = "migrations"


def look() -> list[Finding]:
    waiting = schema.pending()
    if waiting:
        text = f"{len(waiting)} migrations wait, the first is {waiting[0]}. Run: leerkracht backup FILE, then migrate."
        return [wrong(ABOUT, text)]
    strange = sorted(set(schema.applied()) - schema.known())
    if strange:
        return [wrong(ABOUT, f"The database is newer than this version: it had {strange[0]}. Install that version.")]
    return [fine(ABOUT, "The database is at this version.")]
