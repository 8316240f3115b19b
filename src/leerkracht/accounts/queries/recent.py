"""Refuse, until the second factor is shown again, what an open laptop must not do by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpResponse

from .requests import PersonRequest
from .second_factor import has_second_factor, was_shown_recently

View = Callable[..., HttpResponse]


def check_recently_shown(request: PersonRequest) -> None:
    """Ask the second factor again when it was last shown more than a quarter of an hour ago; the request then goes on.

    Who has none is not asked: their role sees one team or school, and a mailed code is all they have to show.
    """
    if not was_shown_recently(request.session, request.user, time.time()) and has_second_factor(request.user):
        raise ReauthenticationRequired


def recently_shown(view: View) -> View:
    """``check_recently_shown`` before a view: for acts that an open laptop must not do by itself."""

    @wraps(view)
    def asked(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_recently_shown(request)
        return view(request, *args, **kwargs)

    return asked
