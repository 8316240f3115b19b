"""The proof of the nightly purge, for the central team."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkracht.accounts.queries import purge as queries
from leerkracht.accounts.queries.requests import PersonRequest
from leerkracht.core.rules import gettext_noop
from leerkracht.core.views.pages import show
from leerkracht.core.views.sheets import list_file, wants_file
from leerkracht.organisations.permissions import is_central

PAGE = 50


def purge_list(request: PersonRequest) -> HttpResponse:
    """What was let go, when and by which rule: search, sort, page, file."""
    if not is_central(request.user, timezone.localdate()):
        raise Http404
    words, order = request.GET.get("q", "").strip()[:80], request.GET.get("sort", "")
    found, said = queries.lines_found(words, order), queries.rule_words()
    if wants_file(request):
        head = [_("wanneer"), _("wat"), _("ouder dan"), _("weg"), _("milliseconden")]
        rows = (
            (line.at, said.get(line.rule, line.rule), line.before, line.removed, line.milliseconds) for line in found
        )
        return list_file(request, gettext_noop("Wat is er weggehaald"), head, rows)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    lines = [(line, said.get(line.rule, line.rule)) for line in page.object_list]
    return show(request, "config/purge.html", context={"page": page, "lines": lines, "words": words})
