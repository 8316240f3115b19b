"""People of a school seen from outside it: told to the audit trail; the own school is the own circle."""

from __future__ import annotations

from django.utils import timezone

from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.views.reads import tell_shown
from leerkracht.organisations.models import School
from leerkracht.organisations.permissions import is_of_school


def tell_shown_of_school(request: PersonRequest, page: str, school: School) -> None:
    """Announce a page with people of ``school`` to who is not of its staff."""
    if not is_of_school(request.user, school.pk, timezone.localdate()):
        tell_shown(request, page, school=school)
