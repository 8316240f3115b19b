"""Django's handler, and one log line per request: ids and route names, never a path, a name or an address."""

import logging
import time

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

log = logging.getLogger("leerkracht.request")
QUIET = (settings.STATIC_URL, "/healthz", "/readyz")  # asked so often that they would hide the rest


class Handler(WSGIHandler):
    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = super().get_response(request)
        if request.path_info.startswith(QUIET):
            return response
        log.info(
            "request",
            extra={
                "method": request.method,
                "route": route_name(request),
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000),
                "person": getattr(getattr(request, "_cached_user", None), "pk", None),  # only if the view looked
            },
        )
        return response


def route_name(request: HttpRequest) -> str:
    """Return the name of the route; a path may hold an invitation or a device key."""
    match = request.resolver_match
    return match.view_name if match else "unknown"


def get_application() -> Handler:
    """Return Django ready to answer."""
    django.setup(set_prefix=False)
    return Handler()
