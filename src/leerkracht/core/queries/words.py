"""Say a refusal in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext

from leerkracht.core.rules import Refusal


def say(refusal: Refusal) -> str:
    """Return the refusal's sentence in the active language."""
    return fill(refusal.message, refusal.values)


def fill(message: str, values: Mapping[str, object]) -> str:
    """Translate ``message`` and put ``values`` in; ``what`` is itself a word of ours and is translated too."""
    text = gettext(message)
    if not values:
        return text
    return text % {name: gettext(str(value)) if name == "what" else value for name, value in values.items()}
