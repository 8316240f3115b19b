"""Who registers without an invitation becomes a reader, and nothing more."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_signed_up
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from leerkracht.accounts.models import Person

from .services.readers import make_reader

PENDING_INVITATION = "invitation"


@receiver(user_signed_up)
def give_a_newcomer_the_library(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    if not request.session.get(PENDING_INVITATION):
        make_reader(person=user, now=timezone.now())
