"""The request as a view gets it behind the middleware, for the type checker."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from leerkracht.accounts.models import Person


class PersonRequest(HttpRequest):
    """A request by somebody who is signed in: what every view gets that is not marked public."""

    user: Person
    htmx: HtmxDetails
