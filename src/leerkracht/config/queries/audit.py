"""The audit trail as somebody may read it: searched, sorted, with names put to the ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from leerkracht.accounts.models import AuditEntry, Person
from leerkracht.accounts.queries import chain
from leerkracht.accounts.queries.acts import acts_that_say, words_of
from leerkracht.accounts.rules.trail import SHOWN, VERIFIED
from leerkracht.config.permissions import readable_acts
from leerkracht.organisations.models import GoverningBody, School

ORDERS = {"when": ("at", "pk"), "-when": ("-at", "-pk"), "what": ("act", "-at", "-pk"), "-what": ("-act", "-at", "-pk")}
NEWEST = "-when"
Named = dict[str, tuple[str, datetime | None]]  # name, and since when erased, by id


@dataclass(frozen=True)
class Act:
    """One line in words: when, who, what, where."""

    at: datetime
    who: str
    is_own: bool
    what: str
    where: str


@dataclass(frozen=True)
class Within:
    """What the trail is narrowed to: days (both included), an act, a name, a school or governing body."""

    first: date | None = None
    last: date | None = None
    act: str = ""
    who: str = ""
    place: str = ""


@dataclass(frozen=True)
class SealState:
    """Up to when everything is sealed, how much waits, and how the last look at everything ended."""

    sealed_at: datetime | None
    waiting: int
    looked_at: datetime | None
    holds: bool
    restored_at: datetime | None


def acts_for(
    person: Person, on: date, *, search: str = "", order: str = NEWEST, within: Within = Within()
) -> QuerySet[AuditEntry]:
    """Return the lines this person may read; an unknown order is newest first."""
    acts = AuditEntry.objects.filter(readable_acts(person, on)).order_by(*ORDERS.get(order, ORDERS[NEWEST]))
    acts = acts.filter(_inside(within))
    for word in search.split()[:5]:
        acts = acts.filter(_says(word))
    return acts


def seal_state() -> SealState:
    """How the logs are sealed now; five small queries."""
    newest, looked, restored = chain.newest(), chain.last_look(), chain.last_restore()
    return SealState(
        sealed_at=newest.at if newest else None,
        waiting=chain.waiting().rows,
        looked_at=looked.at if looked else None,
        holds=looked is None or looked.act == VERIFIED,
        restored_at=restored.at if restored else None,
    )


def in_words(entries: Iterable[AuditEntry], reader: Person) -> list[Act]:
    """Put words to the lines; three queries however many."""
    rows = list(entries)
    people = {str(pk): (name, erased) for pk, name, erased in _people(rows)}
    schools = School.objects.in_bulk({row.school_id for row in rows if row.school_id})
    bodies = GoverningBody.objects.in_bulk({row.governing_body_id for row in rows if row.governing_body_id})
    return [
        Act(
            at=row.at,
            who=_who(row, people),
            is_own=row.actor_kind == AuditEntry.ActorKind.PERSON and row.actor_id == str(reader.pk),
            what=_what(row, people),
            where=str(schools.get(row.school_id) or bodies.get(row.governing_body_id) or ""),
        )
        for row in rows
    ]


def _what(row: AuditEntry, people: Named) -> str:
    """A list that was taken along, a page or somebody that was looked at, is called by its name."""
    words = words_of(row.act)
    if row.target_kind in ("list", "page"):
        return f"{words}: {gettext(row.target_id)}"
    return f"{words}: {_name(row.target_id, people)}" if _is_about_somebody(row) else words


def _is_about_somebody(row: AuditEntry) -> bool:
    return row.act == SHOWN and row.target_kind == "accounts.person"


def _inside(within: Within) -> Q:
    found = Q()
    if within.first:
        found &= Q(at__gte=_morning(within.first))
    if within.last:
        found &= Q(at__lt=_morning(within.last + timedelta(days=1)))
    if within.act:
        found &= Q(act=within.act)
    if within.who:
        found &= _by(within.who)
    if within.place:
        found &= _at_school(within.place) | Q(
            governing_body_id__in=GoverningBody.objects.filter(name__icontains=within.place).values("pk")
        )
    return found


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _says(word: str) -> Q:
    return Q(act__in=acts_that_say(word)) | _by(word) | _at_school(word)


def _by(name: str) -> Q:
    people = [str(pk) for pk in Person.objects.filter(name__icontains=name).values_list("pk", flat=True)[:200]]
    return Q(actor_kind=AuditEntry.ActorKind.PERSON, actor_id__in=people)


def _at_school(name: str) -> Q:
    return Q(school_id__in=School.objects.filter(name__icontains=name).values("pk"))


def _people(rows: list[AuditEntry]) -> Iterable[tuple[int, str, datetime | None]]:
    ids = {row.actor_id for row in rows if row.actor_kind == AuditEntry.ActorKind.PERSON}
    ids |= {row.target_id for row in rows if _is_about_somebody(row)}
    return Person.objects.filter(pk__in=ids).values_list("pk", "name", "erased_at")


def _who(row: AuditEntry, people: Named) -> str:
    if row.actor_kind != AuditEntry.ActorKind.PERSON:
        return str(AuditEntry.ActorKind(row.actor_kind).label)
    return _name(row.actor_id, people)


def _name(key: str, people: Named) -> str:
    name, erased = people.get(key, ("", None))
    return name if name and not erased else gettext("oud-collega")
