"""Between request and view: how long a sign-in lasts, language, signed in or not, second factor."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from .queries.requests import PersonRequest
from .queries.second_factor import is_verified, needs_second_factor
from .queries.sessions import SEEN_AT, has_ended

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

# allauth's own pages send visitors to the sign-in page themselves where they need a person.
LIBRARY_PAGES = ("account_", "mfa_")
# What somebody may do who still owes a second factor: set one up, show it, or leave.
ON_THE_WAY = {
    "account_logout",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "second-factor",
    "language",
}
SEEN_EVERY_SECONDS = 60


class _Middleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class SessionLimitsMiddleware(_Middleware):
    """End a sign-in that was idle too long or lasted a whole day; the next page says so."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_session_cookie(request) and request.user.is_authenticated:
            self._keep_or_end(request)
        return self.get_response(request)

    def _keep_or_end(self, request: HttpRequest) -> None:
        now = timezone.now()
        if has_ended(request.session, now):
            logout(request)
            request.sign_in_ended = True  # type: ignore[attr-defined]
        elif now.timestamp() - request.session[SEEN_AT] >= SEEN_EVERY_SECONDS:
            # Once a minute is exact enough, and spares the database a write at every request.
            request.session[SEEN_AT] = now.timestamp()


class PersonLanguageMiddleware(_Middleware):
    """The person's own language, else this browser's choice, else Dutch; never what the browser happens to send."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(_language(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE or settings.LANGUAGE_CODE)
        return response


class SignInRequiredMiddleware(_Middleware):
    """Every page needs a person, but those that say they do not (``core.views.access.public``)."""

    def process_view(self, request: PersonRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if is_public(view) or _url_name(request).startswith(LIBRARY_PAGES) or request.user.is_authenticated:
            return None
        if getattr(request, "sign_in_ended", False):
            messages.info(request, _("Je bent uitgelogd, omdat dit apparaat een tijd stil was. Log opnieuw in."))
        return _elsewhere(request, "account_login")


class SecondFactorMiddleware(_Middleware):
    """Whose role asks a second factor does nothing before it is shown; on public pages they count as a visitor."""

    def process_view(self, request: PersonRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if not has_session_cookie(request) or not request.user.is_authenticated:
            return None
        if is_verified(request.session, request.user) or not needs_second_factor(request.user):
            return None
        if _url_name(request) in ON_THE_WAY:
            return None
        # Signing in ends at home: as a visitor one would be sent to sign in again, and round it goes.
        if is_public(view) and _url_name(request) != settings.LOGIN_REDIRECT_URL:
            request.user = AnonymousUser()  # type: ignore[assignment]
            return None
        return _elsewhere(request, "accounts:second-factor")


def has_session_cookie(request: HttpRequest) -> bool:
    """Spare visitors the look into a session: their pages stay free of ``Vary: Cookie`` and may be cached."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_public(view: View) -> bool:
    return bool(getattr(view, "is_public", ""))


def _language(request: HttpRequest) -> str:
    chosen = request.user.language if has_session_cookie(request) and request.user.is_authenticated else ""
    chosen = chosen or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _url_name(request: HttpRequest) -> str:
    return (request.resolver_match and request.resolver_match.url_name) or ""


def _elsewhere(request: PersonRequest, name: str) -> HttpResponse:
    """Send on in the way the caller understands: a page, a part of a page (htmx), or a script (JSON)."""
    back = request.htmx.current_url_abs_path if request.htmx else request.get_full_path()
    url = reverse(name)
    if back and (request.htmx or request.method in ("GET", "HEAD")):
        url = f"{url}?{urlencode({'next': back})}"
    if request.htmx:
        return HttpResponseClientRedirect(url)
    if "application/json" in (request.content_type, request.headers.get("Accept", "")):
        return JsonResponse({"code": "sign_in", "message": _("Log eerst in."), "url": url}, status=401)
    return redirect(url)
