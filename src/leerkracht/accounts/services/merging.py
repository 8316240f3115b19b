"""What becomes of somebody's address, name and sign-ins when two persons become one."""

from __future__ import annotations

from datetime import date

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext

from leerkracht.accounts.models import Person
from leerkracht.accounts.queries.federation import school_accounts_of
from leerkracht.accounts.queries.keys import keys_of
from leerkracht.core.registry import journal
from leerkracht.core.registry.people import Holding, Journal, Move, Mover

LEFT_ALONE = {
    "accounts.PersonMerge.kept": "it says who was merged into whom",
    "accounts.PersonMerge.gone": "it says who was merged into whom",
    "accounts.PersonMerge.by": "it says who did it",
    "accounts.PersonMerge.moved": "the journal itself",
    "accounts.AuditEntry.actor_id": "the trail is never rewritten; the old id goes by the one name",
    "accounts.AuditEntry.target_id": "the trail is never rewritten",
    "accounts.AuditEntry.salt": "chance, and no person",
    "accounts.AuditEntry.digest": "a sum, and no person",
    "accounts.Seal.root": "a sum, and no person",
    "accounts.Seal.digest": "a sum, and no person",
    "mfa.Authenticator.user": "a second factor is of who set it up, and does not move",
    "usersessions.UserSession.user": "sign-ins of who goes are ended",
}


def move(asked: Move) -> Journal:
    """Join names and addresses; who goes can no longer sign in, and is signed out everywhere."""
    kept, gone = Person.objects.get(pk=asked.kept), Person.objects.get(pk=asked.gone)
    for place in UserSession.objects.filter(user=gone):
        place.end()
    other = gone.email if asked.email == kept.email else kept.email
    lines = [journal.change_row(person, merged_into_id=kept.pk) for person in gone.merged.order_by("pk")]
    lines.append(
        journal.change_row(gone, email=_no_address(gone), is_active=False, merged_into_id=kept.pk, name=asked.name)
    )
    lines.append(journal.change_row(kept, email=asked.email, name=asked.name))
    for person in Person.objects.filter(merged_into=kept).exclude(name=asked.name).order_by("pk"):
        lines.append(journal.change_row(person, name=asked.name))
    lines += journal.move_rows(SocialAccount, "user_id", asked)
    return lines + _addresses(asked, other)


def holdings(person_id: int, on: date) -> list[Holding]:
    """Addresses and keys to sign in with."""
    person = Person.objects.get(pk=person_id)
    addresses = EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).order_by("pk")
    others = tuple(addresses.values_list("email", flat=True))
    found = keys_of(person)
    keys = ((gettext("code-app"),) if found.has_app else ()) + tuple(key.name for key in found.passkeys)
    keys += tuple(account.name for account in school_accounts_of(person))
    return [Holding(gettext("Andere adressen"), others), Holding(gettext("Sleutels om in te loggen"), keys)]


MOVER = Mover(
    fields=frozenset({"accounts.Person.merged_into", "account.EmailAddress.user", "socialaccount.SocialAccount.user"}),
    move=move,
    restore=lambda asked, lines: journal.restore(lines),
    holdings=holdings,
)


def _addresses(asked: Move, other: str) -> Journal:
    """All addresses move along, the chosen one first; the other one is let go where that was chosen."""
    lines: Journal = []
    rows = list(EmailAddress.objects.filter(user__in=[asked.kept, asked.gone]).order_by("pk"))
    for row in [row for row in rows if row.primary]:  # allauth knows one first address per person at a time
        lines.append(journal.change_row(row, primary=False))
    own = {row.email.lower() for row in rows if row.user_id == asked.kept}
    for row in rows:
        is_let_go = row.email.lower() == other.lower() and not asked.keeps_other_address
        if is_let_go or (row.user_id != asked.kept and row.email.lower() in own):
            lines.append(journal.delete_row(row))
        elif row.user_id != asked.kept:
            lines.append(journal.change_row(row, user_id=asked.kept))
    chosen = next((row for row in rows if row.email.lower() == asked.email.lower()), None)
    if chosen is not None:
        lines.append(journal.change_row(chosen, primary=True))
    return lines


def _no_address(person: Person) -> str:
    """An address that nobody can read mail at: the old one may be somebody's again."""
    return f"samengevoegd-{person.pk}@leerkracht.invalid"
