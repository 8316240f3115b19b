"""Things of the ground floor with dull defaults."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from django.utils import timezone

from leerkracht.core.models import KeptValue

_numbers = count(1)


def kept_value(**fields: object) -> KeptValue:
    """Make a value that the cache keeps for another minute."""
    fields = {"value": "", "expires": timezone.now() + timedelta(minutes=1)} | fields
    return KeptValue.objects.create(cache_key=f"{next(_numbers):064x}", **fields)
