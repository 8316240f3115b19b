"""Whether every field that is kept is declared in ``privacy.toml``."""

from leerkracht.config.checks import Finding, fine, wrong
from leerkracht.config.privacy import check
from leerkracht.config.privacy.declared import Unreadable, declared

ABOUT = "privacy"


def look() -> list[Finding]:
    try:
        found = check.problems(declared(), check.kept_fields())
    except Unreadable as error:
        return [wrong(ABOUT, str(error))]
    if found:
        return [wrong(ABOUT, f"{len(found)} problems, the first is: {found[0]} Run: leerkracht privacy check")]
    return [fine(ABOUT, "Every field that is kept is declared.")]
