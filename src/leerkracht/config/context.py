"""What every page may show about its surroundings."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def surroundings(request: HttpRequest) -> dict[str, Any]:
    return {"is_demonstration": settings.DEMONSTRATION}
