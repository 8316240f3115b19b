"""What was done: a page to read and a file to keep."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkracht.accounts.queries.recent import check_recently_shown
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.config.forms import TrailForm
from leerkracht.config.permissions import reads_of_others, reads_the_trail
from leerkracht.config.queries import audit
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.reads import tell_shown
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.permissions import is_central

TRAIL = gettext_noop("Wat is er gedaan")
PAGE = 50
LONGEST_FILE = 20_000


def audit_list(request: PersonRequest) -> HttpResponse:
    """Search, sort and page the lines this person may read; ``?export=`` gives the first of them as a file."""
    if not reads_the_trail(request.user, timezone.localdate()):
        raise Http404
    search, order = request.GET.get("q", "").strip(), request.GET.get("sort", audit.NEWEST)
    form = TrailForm(request.GET)
    within = form.within()
    acts = audit.acts_for(request.user, timezone.localdate(), search=search, order=order, within=within)
    if wants_file(request):
        check_recently_shown(request)
        return _file(request, audit.in_words(acts[:LONGEST_FILE], request.user))
    if reads_of_others(request.user, timezone.localdate()):
        tell_shown(request, TRAIL)
    page = Paginator(acts, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "acts": audit.in_words(page.object_list, request.user),
        "form": form,
        "narrowed": [(name, value) for name in form.fields if (value := request.GET.get(name, ""))],
        "is_open": bool(form.errors) or within != audit.Within(),
        "is_central": is_central(request.user, timezone.localdate()),
        "seal": audit.seal_state(),
        "longest_file": LONGEST_FILE,
        "search": search,
        "order": order if order in audit.ORDERS else audit.NEWEST,
    }
    return render(request, "config/audit.html", context)


def _file(request: PersonRequest, acts: Iterable[audit.Act]) -> HttpResponse:
    lines = ((act.at, act.who, act.what, act.where) for act in acts)
    return list_file(request, TRAIL, [_("wanneer"), _("wie"), _("wat"), _("waar")], lines)
