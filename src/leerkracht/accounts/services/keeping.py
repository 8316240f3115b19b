"""What this room keeps about a person, and letting it go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from leerkracht.accounts.models import AuditEntry, Person, PersonMerge
from leerkracht.accounts.queries.acts import words_of
from leerkracht.accounts.rules import THE_SYSTEM
from leerkracht.core.registry.privacy import FORMER, Erasure, Keeper, Sheet, take_names_out

from .audit import STREAM
from .sealing import forget_content
from .sign_in import tell_end

MOST_ACTS = 20_000


def collect(ids: Sequence[int], emails: Sequence[str]) -> list[Sheet]:
    """The account, its addresses, keys and sign-ins, and the own acts; queries follow kinds, not rows."""
    people = Person.objects.filter(pk__in=ids).order_by("pk")
    addresses = EmailAddress.objects.filter(user__in=ids).order_by("pk")
    keys = Authenticator.objects.filter(user__in=ids).order_by("pk")
    outside = SocialAccount.objects.filter(user__in=ids).order_by("pk")
    places = UserSession.objects.filter(user__in=ids).order_by("pk")
    acts = AuditEntry.objects.filter(actor_kind="PERSON", actor_id__in=[str(pk) for pk in ids]).order_by("-at", "-pk")
    about = AuditEntry.objects.filter(target_kind="accounts.person", target_id__in=[str(pk) for pk in ids])
    about = about.order_by("-at", "-pk")
    return [
        Sheet(
            "Account",
            ["naam", "e-mailadres", "taal", "sinds", "laatst ingelogd"],
            [(p.name, p.email, p.get_language_display(), p.created_at, p.last_login) for p in people],
        ),
        Sheet("Adressen", ["e-mailadres", "bewezen"], [(row.email, row.verified) for row in addresses]),
        Sheet(
            "Sleutels",
            ["soort", "gemaakt", "laatst gebruikt"],
            [(row.get_type_display(), row.created_at, row.last_used_at) for row in keys],
        ),
        Sheet(
            "Schoolaccounts",
            ["van", "nummer daar", "gekoppeld", "laatst gebruikt"],
            [(row.provider, row.uid, row.date_joined, row.last_login) for row in outside],
        ),
        Sheet(
            "Waar je inlogde",
            ["sinds", "laatst gezien", "adres", "apparaat"],
            [(row.created_at, row.last_seen_at, row.ip, row.user_agent) for row in places],
        ),
        Sheet("Wat je deed", ["wanneer", "wat"], [(row.at, words_of(row.act)) for row in acts[:MOST_ACTS]]),
        Sheet(
            "Wat er met jouw gegevens gebeurde",
            ["wanneer", "wat"],
            [(row.at, words_of(row.act)) for row in about[:MOST_ACTS]],
        ),
    ]


def erase(asked: Erasure) -> None:
    """End every sign-in, forget keys and addresses, empty the row, and what the trail and tasks said of it."""
    for place in UserSession.objects.filter(user__in=asked.ids):
        key = place.session_key
        place.end()
        tell_end(key)
    UserSession.objects.filter(user__in=asked.ids).delete()
    Authenticator.objects.filter(user__in=asked.ids).delete()
    SocialAccount.objects.filter(user__in=asked.ids).delete()
    EmailAddress.objects.filter(user__in=asked.ids).delete()
    for person in Person.objects.filter(pk__in=asked.ids):
        person.name, person.email, person.is_active = FORMER, f"gewist-{person.pk}@leerkracht.invalid", False
        person.language, person.last_login, person.erased_at = Person.Language.DUTCH, None, asked.now
        person.set_unusable_password()
        person.save()
    _drop_mail(asked.emails)
    take_names_out(PersonMerge, ["moved"], asked)
    take_names_out(DBTaskResult, ["args_kwargs", "return_value", "traceback"], asked)
    ids = [str(pk) for pk in asked.ids]
    about = AuditEntry.objects.filter(target_kind="accounts.person", target_id__in=ids)
    by = Person.objects.filter(pk=asked.by).exclude(pk__in=asked.ids).first() if asked.by else None
    forget_content(stream=STREAM, keys=list(about.values_list("pk", flat=True)), by=by or THE_SYSTEM, now=asked.now)


def _drop_mail(emails: Sequence[str]) -> None:
    """Mail that went to files instead of a server: until one is set, and in the demonstration."""
    folder = Path(settings.EMAIL_FILE_PATH)
    for path in folder.glob("*") if folder.is_dir() else ():
        text = path.read_text(encoding="utf-8", errors="replace").casefold()
        if any(email.casefold() in text for email in emails):
            path.unlink()


KEEPER = Keeper(collect=collect, erase=erase)
