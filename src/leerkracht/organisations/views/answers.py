"""How this room answers a press on a button: do it, say it, go back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from leerkracht.core.queries.words import say
from leerkracht.core.rules import Refusal


def press(request: HttpRequest, do: Callable[[], object], done: str, back: str) -> HttpResponse:
    """Do one thing and go back; a refusal is said there instead."""
    try:
        do()
    except Refusal as refusal:
        messages.warning(request, say(refusal))
    else:
        messages.success(request, done)
    return redirect(back)


def saves(form: Form, do: Callable[[], object], field: str | None = None) -> bool:
    """Try to save a valid form; a refusal becomes its error, so that what was typed stays."""
    if not form.is_valid():
        return False
    try:
        do()
    except Refusal as refusal:
        form.add_error(field, say(refusal))
        return False
    return True
