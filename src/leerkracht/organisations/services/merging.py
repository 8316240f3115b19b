"""Make one person of two who are the same colleague, and take it back while nothing changed since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from leerkracht.accounts.models import Person, PersonMerge
from leerkracht.accounts.services import audit
from leerkracht.core.registry import journal
from leerkracht.core.registry.people import Holding, Journal, Move, Mover, movers
from leerkracht.core.rules import gettext_noop as _
from leerkracht.organisations.models import Invitation, Role, RoleAssignment, TeamMembership
from leerkracht.organisations.permissions import roles_at
from leerkracht.organisations.rules import merging as rules

CHOOSE = _("Kies een naam en een adres van een van de twee.")

LEFT_ALONE = {
    "organisations.Handover.giver": "it says whose places went over; the roles themselves move",
    "organisations.Handover.by": "it says who did it",
    "organisations.RosterImport.by": "it says who did it",
    "organisations.SheetImport.created_by": "it says who did it",
    "organisations.SheetImport.columns": "what columns say; nobody stands there",
    "organisations.SheetRows.rows": "cells as they were sent; gone when the import can no longer be taken back",
    "organisations.SheetRows.refused": "why rows were refused; gone with the cells",
    "organisations.SheetChange.before": "what stood before an import; taking it back refuses where a row changed since",
    "organisations.SheetChange.after": "what an import left; taking it back refuses where a row changed since",
    "organisations.ColumnMemory.heads": "what heads mean; nobody stands there",
    "organisations.ColumnMemory.words": "what words for stages mean; nobody stands there",
    "organisations.RosterImport.moved": "the journal itself; taking it back refuses where somebody moved since",
    "organisations.Handover.moved": "the journal itself; taking it back refuses where a role moved since",
}


@dataclass(frozen=True)
class Choice:
    """By which name and address the one person goes on, and whether the other address still works."""

    name: str
    email: str
    keeps_other_address: bool = True


@transaction.atomic
def merge_people(*, kept: Person, gone: Person, choice: Choice, by: Person, now: datetime) -> PersonMerge:
    """Move everything of ``gone`` to ``kept``; the log and the trail keep the old id, which goes by the one name.

    Raises
    ------
    MergeRefused : oneself, erased, merged before, or more rights than ``by`` may hand out
    """
    kept, gone = _locked(kept, gone)
    today = timezone.localdate(now)
    rules.check_two(known(kept, today), known(gone, today), by=by.pk)
    _check_rights((kept, gone), by, today)
    if choice.name not in (kept.name, gone.name) or choice.email not in (kept.email, gone.email):
        raise rules.MergeRefused("choice", CHOOSE)
    asked = Move(kept.pk, gone.pk, by.pk, now, choice.name, choice.email, choice.keeps_other_address)
    moved = {room: mover.move(asked) for room, mover in movers().items()}
    done = PersonMerge.objects.create(kept=kept, gone=gone, by=by, at=now, moved=moved)
    _record("organisations.people_merged", done, by, now)
    return done


@transaction.atomic
def undo_merge(*, merge: PersonMerge, by: Person, now: datetime) -> PersonMerge:
    """Make two of one again, for thirty days and as long as nobody changed what moved.

    Raises
    ------
    MergeRefused, ChangedSince : too late, done before, no right to, or changed since
    """
    merge = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    kept, gone = _locked(merge.kept, merge.gone)
    today = timezone.localdate(now)
    rules.check_both_there(known(kept, today), known(gone, today))
    rules.check_undo_of_merge(on=today, merged_on=timezone.localdate(merge.at), is_undone=merge.undone_at is not None)
    if by.pk in (kept.pk, gone.pk):
        rules.check_two(known(kept, today), known(gone, today), by=by.pk)
    _check_rights((kept,), by, today)
    asked = Move(kept.pk, gone.pk, by.pk, now, kept.name, kept.email)
    for room, mover in reversed(movers().items()):
        mover.restore(asked, merge.moved.get(room, []))
    merge.undone_at = now
    merge.save(update_fields=["undone_at"])
    _record("organisations.merge_undone", merge, by, now)
    return merge


def known(person: Person, on: date) -> rules.Known:
    """What the rules ask about somebody: roles of today and later, membership of a team included."""
    still = Q(to_date=None) | Q(to_date__gt=on)
    roles = set(RoleAssignment.objects.filter(still, person=person).values_list("role", flat=True))
    if TeamMembership.objects.filter(still, person=person).exists():
        roles.add(Role.TEACHER.value)
    return rules.Known(person.pk, frozenset(roles), person.erased_at is not None, person.is_active)


def check_merge(*, first: Person, second: Person, by: Person, on: date) -> None:
    """Refuse before anything is chosen what ``merge_people`` would refuse."""
    rules.check_two(known(first, on), known(second, on), by=by.pk)
    _check_rights((first, second), by, on)


def _check_rights(people: Iterable[Person], by: Person, on: date) -> None:
    held = roles_at(by, on)
    for person in people:
        rules.check_rights(known(person, on).roles, held=held)


def _locked(first: Person, second: Person) -> tuple[Person, Person]:
    """Both rows, locked in one order: two who merge the same people at once must wait, not deadlock."""
    rows = Person.objects.select_for_update().filter(pk__in=[first.pk, second.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[first.pk], found[second.pk]


def _record(act: str, merge: PersonMerge, by: Person, now: datetime) -> None:
    for person in (merge.kept, merge.gone):
        audit.record(act=act, by=by, target=person, at=now)


def _move(asked: Move) -> Journal:
    lines = journal.move_periods(TeamMembership, ["team_id"], asked, together=["work_days"])
    lines += journal.move_periods(RoleAssignment, ["role", "school_id", "governing_body_id", "region_id"], asked)
    return lines + journal.move_rows(Invitation, "created_by_id", asked)


def holdings(person_id: int, on: date) -> list[Holding]:
    """Teams and roles, those that ended included."""
    memberships = TeamMembership.objects.filter(person=person_id).select_related("team__school")
    roles = RoleAssignment.objects.filter(person=person_id).select_related("school", "governing_body", "region")
    teams = tuple(f"{row.team}, {row.team.school} ({_since(row)})" for row in memberships.order_by("from_date", "pk"))
    worn = tuple(_role(row) for row in roles.order_by("from_date", "pk"))
    return [Holding(gettext("Teams"), teams), Holding(gettext("Rollen"), worn)]


def _role(row: RoleAssignment) -> str:
    place = row.school or row.governing_body or row.region
    return f"{row.get_role_display()}{f', {place}' if place else ''} ({_since(row)})"


def _since(row: Any) -> str:
    values = {"since": date_format(row.from_date, "j F Y"), "until": row.to_date and date_format(row.to_date, "j F Y")}
    return (gettext("%(since)s tot %(until)s") if row.to_date else gettext("sinds %(since)s")) % values


MOVER = Mover(
    fields=frozenset(
        {
            "organisations.TeamMembership.person",
            "organisations.RoleAssignment.person",
            "organisations.Invitation.created_by",
        }
    ),
    move=_move,
    restore=lambda asked, lines: journal.restore(lines),
    holdings=holdings,
)
