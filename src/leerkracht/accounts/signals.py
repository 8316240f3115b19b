"""What this room does when the sign-in library announces something."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import authentication_step_completed, email_changed, user_signed_up
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from leerkracht.core.signals import language_chosen, list_exported, people_shown

from .models import Person
from .queries.sessions import BEGAN_AT, SEEN_AT
from .rules.trail import SHOWN
from .services import audit, people, sign_in


@receiver(user_logged_in)
def start_the_clock(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    now = timezone.now()
    request.session[BEGAN_AT] = request.session[SEEN_AT] = now.timestamp()
    audit.record(act="accounts.signed_in", by=user, target=user, at=now)


@receiver(user_logged_out)
def note_the_end(request: HttpRequest, user: Person | None, **kwargs: Any) -> None:
    if user is not None:
        audit.record(act="accounts.signed_out", by=user, target=user, at=timezone.now())
        sign_in.tell_end(request.session.session_key)


@receiver(authentication_step_completed)
def change_the_key(request: HttpRequest, method: str, **kwargs: Any) -> None:
    """Who was signed in and now shows a second factor may do more; at signing in itself Django changes the key."""
    if method == "mfa" and request.user.is_authenticated:
        sign_in.renew_key(request)


@receiver(authentication_step_completed)
def trust_the_address(user: Person, method: str, **kwargs: Any) -> None:
    """A mailed code proves the address; without this an invited person would be asked a second code."""
    if method == "code" and kwargs.get("email"):
        people.trust_address(person=user, email=kwargs["email"])


@receiver(user_signed_up)
def note_the_newcomer(user: Person, **kwargs: Any) -> None:
    audit.record(act="accounts.registered", by=user, target=user, at=timezone.now())


@receiver(email_changed)
def note_the_new_address(user: Person, **kwargs: Any) -> None:
    audit.record(act="accounts.address_changed", by=user, target=user, at=timezone.now())


@receiver(authenticator_added)
def note_the_second_factor(request: HttpRequest, user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    audit.record(act="accounts.second_factor_added", by=user, target=user, at=timezone.now())
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        sign_in.count_as_second_factor(request=request, authenticator=authenticator)


@receiver(authenticator_removed)
def note_the_missing_factor(user: Person, **kwargs: Any) -> None:
    audit.record(act="accounts.second_factor_removed", by=user, target=user, at=timezone.now())


@receiver(pre_save, sender=UserSession)
def forget_the_network_address(instance: UserSession, **kwargs: Any) -> None:
    """Where somebody sat is nobody's business; the kind of device is enough to recognise a sign-in."""
    instance.ip = "0.0.0.0"


@receiver(language_chosen)
def keep_the_language(request: HttpRequest, language: str, **kwargs: Any) -> None:
    """The switch at the foot of a page is also the person's own choice from then on."""
    person: Any = request.user
    if person.is_authenticated:
        people.change_profile(person=person, name=person.name, language=language, now=timezone.now())


@receiver(list_exported)
def note_the_export(
    request: HttpRequest, name: str, school: Model | int | None, governing_body: Model | int | None, **kwargs: Any
) -> None:
    """Who took which list along; the list's name is the target, what stood in it is nobody's business."""
    person: Any = request.user
    if person.is_authenticated:
        audit.record(
            act="accounts.list_exported",
            by=person,
            target=("list", name),
            school=school,
            governing_body=governing_body,
            at=timezone.now(),
        )


@receiver(people_shown)
def note_the_look(
    request: HttpRequest,
    page: str,
    about: Model | None,
    school: Model | int | None,
    governing_body: Model | int | None,
    **kwargs: Any,
) -> None:
    """Who looked at whose data, where; what stood there is nobody's business."""
    person: Any = request.user
    if person.is_authenticated:
        audit.record_hourly(
            act=SHOWN,
            by=person,
            target=about or ("page", page),
            school=school,
            governing_body=governing_body,
            at=timezone.now(),
        )
