"""Keep the language that somebody chose on this device."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from leerkracht.core.signals import language_chosen
from leerkracht.core.views.access import public

YEAR_SECONDS = 365 * 24 * 60 * 60


@public("the language is chosen before signing in")
@csrf_exempt  # public pages carry no form token, so that they can be cached; a language is no secret
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR_SECONDS,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        language_chosen.send(sender=None, request=request, language=chosen)
    return response
