"""Where a browser says that it refused something of a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from leerkracht.core.kernel.reports import refusal_of
from leerkracht.core.services.reports import count_refusal

from .access import public
from .limits import limited

MOST_BYTES = 16_000


@public("a browser reports by itself, without cookies; only a count is kept")
@csrf_exempt  # it carries no token, and changes nothing but a count
@require_POST
@limited("policy_report")
def policy_reports(request: HttpRequest) -> HttpResponse:
    is_report = request.content_type == "application/csp-report" and len(request.body) <= MOST_BYTES
    refusal = refusal_of(request.body) if is_report else None
    if refusal is None:
        return HttpResponse(status=400)
    count_refusal(refusal=refusal, on=timezone.localdate())
    return HttpResponse(status=204)
