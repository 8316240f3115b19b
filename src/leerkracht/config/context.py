"""What every page may show about its surroundings; asked of the database only where a page shows it."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from leerkracht.accounts.middleware import has_session_cookie
from leerkracht.accounts.models import Person
from leerkracht.config.permissions import TRAIL_ROLES
from leerkracht.organisations.models import Role
from leerkracht.organisations.queries.hats import Wardrobe, wardrobe_of
from leerkracht.organisations.queries.words import words_of_hat


def surroundings(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_demonstration": settings.DEMONSTRATION,
        "federations": settings.FEDERATIONS,
        "idle_seconds": SimpleLazyObject(lambda: settings.SESSION_IDLE_SECONDS if _is_signed_in(request) else 0),
        "hat": SimpleLazyObject(lambda: wardrobe(request).hat),
        "whom_to_ask": SimpleLazyObject(lambda: _whom_to_ask(request)),
        "menu_links": SimpleLazyObject(lambda: _menu_links(request)),
        "hats": SimpleLazyObject(lambda: wardrobe(request).hats),
        "sector_words": SimpleLazyObject(lambda: words_of_hat(wardrobe(request).hat)),
    }


def _whom_to_ask(request: HttpRequest) -> str:
    """Who knows this screen, seen from one's own desk."""
    hat = wardrobe(request).hat
    role = hat.role if hat else ""
    if role in (Role.SCHOOL_COACH, Role.SCHOOL_LEADER):
        return _("Hulp nodig? Vraag het je expertcoach, of een coach van een andere school.")
    if role in (Role.CENTRAL_TEAM, Role.ADMINISTRATOR):
        return _("Komt iemand er niet uit? Kijk samen op diens scherm; de borden van teams zie jij niet.")
    if role in ("", Role.TEACHER):
        return _("Hulp nodig? Vraag het je schoolcoach; die kent dit scherm.")
    return _("Hulp nodig? Vraag het iemand van het centraal team.")


def _menu_links(request: HttpRequest) -> list[dict[str, str]]:
    """What stands under one's own name in the head of the page."""
    links = [
        {"href": reverse("accounts:profile"), "icon": "user", "label": _("Mijn profiel")},
        {"href": reverse("organisations:schools"), "icon": "school", "label": _("Scholen")},
    ]
    if any(hat.role in TRAIL_ROLES for hat in wardrobe(request).hats):
        links.append({"href": reverse("audit"), "icon": "history", "label": _("Wat is er gedaan")})
    if settings.DEMONSTRATION:
        links.append({"href": reverse("demo"), "icon": "users", "label": _("Iemand anders zijn")})
    return links


def wardrobe(request: HttpRequest) -> Wardrobe:
    """Return the hats of who asks, looked up once a request."""
    if not hasattr(request, "wardrobe"):
        known = _is_signed_in(request)
        request.wardrobe = (  # type: ignore[attr-defined]
            wardrobe_of(cast(Person, request.user), request.session, timezone.localdate()) if known else Wardrobe()
        )
    return request.wardrobe  # type: ignore[attr-defined, no-any-return]


def _is_signed_in(request: HttpRequest) -> bool:
    # An error page may be asked before the middleware has put anybody on the request.
    return hasattr(request, "user") and has_session_cookie(request) and request.user.is_authenticated
