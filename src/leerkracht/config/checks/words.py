"""Whether every sentence has its English."""

from leerkracht.config.checks import Finding, fine, wrong
from leerkracht.config.messages import catalogue

ABOUT = "translations"


def look() -> list[Finding]:
    missing = catalogue.untranslated()
    if missing:
        text = f"{len(missing)} sentences lack English, the first is {missing[0]!r}. Run: leerkracht messages --check"
        return [wrong(ABOUT, text)]
    if catalogue.is_stale():
        return [wrong(ABOUT, "The compiled translations are old or absent. Run: leerkracht messages --compile")]
    return [fine(ABOUT, "Every sentence has its English.")]
