"""Who may be the same colleague: found by name or address, side by side, and what was merged lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404

from leerkracht.accounts.models import Person, PersonMerge
from leerkracht.core.registry.people import Holding, movers
from leerkracht.organisations.models import Role, RoleAssignment, TeamMembership
from leerkracht.organisations.permissions import roles_at, works_for_the_foundation
from leerkracht.organisations.rules import PLACE_OF_ROLE, may_hand_out
from leerkracht.organisations.rules.merging import HARMLESS, MERGERS
from leerkracht.organisations.rules.periods import UNDO_DAYS

MOST_FOUND = 20
SHORTEST = 2


@dataclass(frozen=True)
class Side:
    """One of the two, and everything they hold, per kind."""

    person: Person
    holdings: tuple[Holding, ...]


def check_merger(by: Person, on: date) -> None:
    """Merging is of the central team and administrators; for everyone else it does not exist."""
    if not works_for_the_foundation(by, on):
        raise Http404


def may_be_merged(by: Person, on: date) -> QuerySet[Person]:
    """Working persons without a role that ``by`` may not hand out, and not oneself."""
    own = roles_at(by, on) & MERGERS
    mine = {role for role in PLACE_OF_ROLE if may_hand_out(role, held=own, has_coach=True)} | HARMLESS
    still = Q(to_date=None) | Q(to_date__gt=on)
    higher = RoleAssignment.objects.filter(still).exclude(role__in=mine).values("person")
    people = Person.objects.filter(is_active=True, erased_at=None, merged_into=None).exclude(pk=by.pk)
    people = people.exclude(pk__in=higher)
    if Role.TEACHER not in mine:
        people = people.exclude(pk__in=TeamMembership.objects.filter(still).values("person"))
    return people


def people_found(by: Person, words: str, on: date) -> list[Person]:
    """Persons whose name or address holds every word, by name; nobody for less than two letters."""
    if len(words.strip()) < SHORTEST:
        return []
    found = may_be_merged(by, on)
    for word in words.split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return list(found.order_by("name", "pk")[:MOST_FOUND])


def one_of(by: Person, person_id: str, on: date) -> Person | None:
    """The person that an address or form names, where ``by`` may merge them."""
    if not person_id.isascii() or not person_id.isdecimal() or len(person_id) > 18:
        return None
    return may_be_merged(by, on).filter(pk=int(person_id)).first()


def side_of(person: Person, on: date) -> Side:
    """What every room says that this person holds."""
    found = [holding for mover in movers().values() for holding in mover.holdings(person.pk, on)]
    return Side(person, tuple(holding for holding in found if holding.lines))


def recent_merges(by: Person, now: datetime, on: date) -> list[PersonMerge]:
    """Merges that can still be taken back, of people whom ``by`` may merge; the latest first."""
    rows = PersonMerge.objects.filter(undone_at=None, at__gt=now - timedelta(days=UNDO_DAYS + 1))
    rows = rows.filter(kept__in=may_be_merged(by, on)).select_related("kept", "gone", "by")
    return list(rows.order_by("-at", "-pk")[:MOST_FOUND])


def merge_for(by: Person, merge_id: int, on: date) -> PersonMerge:
    """A merge that this person may take back."""
    found = PersonMerge.objects.filter(pk=merge_id, kept__in=may_be_merged(by, on)).select_related("kept", "gone")
    merge = found.first()
    if merge is None:
        raise Http404
    return merge
