"""How often one address may try what can be guessed or costs us; the rates stand in ``ACCOUNT_RATE_LIMITS``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit  # the public half counts no GET, and codes are typed in links
from django.http import HttpRequest, HttpResponse

from .pages import too_often

APP = "allauth.account"  # whose settings hold the rates
View = Callable[..., HttpResponse]


def may_try(request: HttpRequest, action: str) -> bool:
    """Say whether this address may try once more; looking counts as nothing."""
    return bool(ratelimit.consume(request, app=APP, action=action, limit_get=True, dry_run=True))


def count_try(request: HttpRequest, action: str) -> bool:
    """Count one try; false when it was one too many."""
    return bool(ratelimit.consume(request, app=APP, action=action, limit_get=True))


def limited(action: str) -> Callable[[View], View]:
    """Count every request of a view, and answer 429 beyond the rate of ``action``."""

    def around(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs) if count_try(request, action) else too_often(request)

        return counted

    return around
