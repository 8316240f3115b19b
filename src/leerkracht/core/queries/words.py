"""Say a refusal in the reader's language."""

from django.utils.translation import gettext

from leerkracht.core.rules import Refusal


def say(refusal: Refusal) -> str:
    """Return the refusal's sentence in the active language."""
    text = gettext(refusal.message)
    return text % refusal.values if refusal.values else text
