"""Who works for the foundation and everywhere."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkracht.accounts.queries.recent import check_recently_shown, recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.reads import tell_shown
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.forms import RoleInviteForm
from leerkracht.organisations.permissions import is_central
from leerkracht.organisations.queries.people import PlacePeople, RoleLine, foundation_people, lines_found
from leerkracht.organisations.services.roles import Post

from .roles import invite


def people(request: PersonRequest) -> HttpResponse:
    """Search by name or role, sort; ``?export=`` gives the list as a file."""
    seen, words, order = _seen(request), request.GET.get("q", "").strip()[:80], request.GET.get("sort", "name")
    found = lines_found(seen.roles, words, order)
    if wants_file(request):
        return _file(request, found)
    tell_shown(request, gettext_noop("Mensen"))
    orders = [
        {"label": label, "href": f"?{urlencode({'q': words, 'sort': key})}", "is_current": key == order}
        for key, label in (("name", _("Op naam")), ("role", _("Op rol")), ("since", _("Langst eerst")))
    ]
    context = {"people": seen, "found": found, "words": words, "order": order, "orders": orders, "now": timezone.now()}
    context["can_arrange"] = is_central(request.user, timezone.localdate())
    return show(request, "organisations/people.html", context=context)


def invite_central(request: PersonRequest) -> HttpResponse:
    """Administrators invite the central team; the central team invites everyone else who works everywhere."""
    seen = _seen(request)
    if not seen.can_invite:
        raise PermissionDenied
    if request.method == "POST":
        check_recently_shown(request)
    form = RoleInviteForm(request.POST or None, roles=seen.can_invite)
    return invite(request, form, Post(seen.can_invite[0]), {"place": None, "back": reverse("organisations:people")})


@recently_shown
def _file(request: PersonRequest, found: list[RoleLine]) -> HttpResponse:
    held = (line.held for line in found)
    lines = ((row.person, row.person.email, row.get_role_display(), row.from_date) for row in held)
    return list_file(request, gettext_noop("Mensen"), [_("naam"), _("e-mailadres"), _("rol"), _("sinds")], lines)


def _seen(request: PersonRequest) -> PlacePeople:
    seen = foundation_people(request.user, timezone.now(), timezone.localdate())
    if not seen.can_view:
        raise Http404
    return seen
