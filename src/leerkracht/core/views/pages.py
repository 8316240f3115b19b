"""Show a page, or the one part of it that htmx asks for; and the pages that say no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

WAIT_SECONDS = 60  # the window of every limit per address


def show(
    request: HttpRequest,
    template: str,
    *,
    part: str | None = None,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render ``template``, or only its partial ``part`` when htmx asks; a refused form has status 422."""
    wants_part = part is not None and bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]
    response = render(request, f"{template}#{part}" if wants_part else template, dict(context or {}), status=status)
    if part is not None:
        patch_vary_headers(response, ["HX-Request"])
    return response


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that somebody may see this but not do it (403); ``PermissionDenied``'s text is shown when it has one."""
    return render(request, "core/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here for this reader (404): unknown and out of sight look the same."""
    return render(request, "core/404.html", status=404)


def too_often(request: HttpRequest) -> HttpResponse:
    """Ask to wait (429): somebody, or many at one address, tried the same thing too often."""
    response = render(request, "core/429.html", status=429)
    response["Retry-After"] = str(WAIT_SECONDS)
    return response


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Apologise (500) with a page that needs no database, no session and no context processor."""
    return HttpResponse(render_to_string("core/500.html"), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was open too long or in another tab (403 by the token check)."""
    return render(request, "core/csrf.html", status=403)
