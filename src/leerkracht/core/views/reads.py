"""A page showed somebody's data to who stands outside their circle: announced by one hand."""

from __future__ import annotations

from django.db.models import Model
from django.http import HttpRequest

from leerkracht.core.signals import people_shown


def tell_shown(
    request: HttpRequest,
    page: str,
    *,
    about: Model | None = None,
    school: Model | int | None = None,
    governing_body: Model | int | None = None,
) -> None:
    """Announce that this page shows people to who asks: it stands in the audit trail, once an hour.

    ``page`` is what it is called, in Dutch (``gettext_noop``, at most 36 characters), as for ``list_file``; ``about``
    the one person or contact it is about, when it is about one. A form that came back is no second look.
    """
    if request.method == "GET":
        people_shown.send(
            sender=tell_shown, request=request, page=page, about=about, school=school, governing_body=governing_body
        )
