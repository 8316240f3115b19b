"""The foundation's own words for the stages of a school (codes of ``models.Stage``)."""

from __future__ import annotations

from ..register.words import folded

STAGES = {
    "PROSPECT": "in beeld|prospect|lead|belangstelling|interesse|geinteresseerd|nieuw",
    "INFORMED": "geinformeerd|informatiebijeenkomst|webinar|webinar gevolgd|infobijeenkomst|info",
    "INTRODUCED": "kennisgemaakt|kennismaking|kennismakingsgesprek|kennismaken|kennismakingsgesprek gehad",
    "SUPPORT_MEETING": "draagvlakbijeenkomst|draagvlak|draagvlakbijeenkomst gehad",
    "INTAKE": "intake|intakegesprek",
    "ACCEPTED": "toegelaten|ingeschreven|aangenomen|akkoord|getekend|aangemeld",
    "PREPARING": "in voorbereiding|voorbereiding|voorbereiden|startdag gepland",
    "YEAR_1": "eerste jaar|jaar 1|1e jaar|1ste jaar|jaar een|eerste schooljaar|actief jaar 1|actief 1e jaar|gestart",
    "YEAR_2": "tweede jaar|jaar 2|2e jaar|2de jaar|jaar twee|tweede schooljaar|actief jaar 2|actief 2e jaar",
    "INDEPENDENT": "zelfstandig|zelfstandige fase|zelfstandig verder|onafhankelijk",
    "INSPIRATION": "inspiratieprogramma|inspiratie|inspiratieschool",
    "CHANGE_COACH_LED": "met een verandercoach|met verandercoach|verandercoach|onder verandercoach",
    "DECLINED": "afgezien|afgehaakt|niet doorgegaan|afgewezen|geen interesse|ziet af",
    "PAUSED": "gepauzeerd|pauze|on hold|tijdelijk gestopt",
    "STOPPED": "gestopt|beeindigd|uitgestapt|gestopt met leerkracht",
}
_BY_WORD = {word: code for code, words in STAGES.items() for word in words.split("|")}


def stage_of(text: str, own_words: dict[str, str]) -> str | None:
    """The stage that somebody means; ``own_words`` (folded) are what the foundation said before, and come first."""
    word = folded(text)
    return own_words.get(word) or _BY_WORD.get(word) or (text if text in STAGES else None)
