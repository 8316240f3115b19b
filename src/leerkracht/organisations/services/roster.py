"""Take a staff roster in: colleagues are made, nobody gets mail, no role is given; and take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor
from leerkracht.accounts.services import audit
from leerkracht.accounts.services.people import make_person
from leerkracht.core.registry import journal
from leerkracht.core.registry.people import Journal
from leerkracht.core.rules import gettext_noop as _
from leerkracht.organisations.kernel.roster import Roster, RosterRefused
from leerkracht.organisations.models import GoverningBody, RosterImport, School, Team, TeamMembership
from leerkracht.organisations.rules.periods import UNDO_DAYS

By = Person | Actor


@dataclass(frozen=True)
class Place:
    """Whose roster it is: one school's, or that of all schools of a governing body."""

    school: School | None = None
    governing_body: GoverningBody | None = None


@transaction.atomic
def import_roster(*, place: Place, roster: Roster, teams: Mapping[str, Team], by: By, now: datetime) -> RosterImport:
    """Make the colleagues who are not known yet; who teaches a group that ``teams`` names joins that team.

    Safe to repeat: who is known by address stays as they are, and who is in a team stays in it.
    """
    lines: Journal = []
    people = _known([person.email for person in roster.staff])
    is_new = [person for person in roster.staff if person.email not in people]
    for person in is_new:
        made = make_person(email=person.email, name=person.name, by=by, now=now)
        people[person.email] = made
        lines.append(journal.made_row(made))
    for person in roster.staff:
        for team in {team.pk: team for key in person.classes if (team := teams.get(key))}.values():
            lines += _join(team, people[person.email], by, now)
    done = RosterImport.objects.create(
        school=place.school,
        governing_body=place.governing_body,
        by=by if isinstance(by, Person) else None,
        at=now,
        new=len(is_new),
        known=len(roster.staff) - len(is_new),
        pupils=roster.pupils,
        refused=len(roster.refused),
        moved=lines,
    )
    _record("organisations.roster_imported", done, by, now)
    return done


@transaction.atomic
def undo_roster(*, done: RosterImport, by: By, now: datetime) -> RosterImport:
    """Take memberships and colleagues away again, as long as nobody signed in or changed anything.

    Raises
    ------
    RosterRefused, ChangedSince : done before, too late, or something was changed since
    """
    done = RosterImport.objects.select_for_update(of=("self",)).get(pk=done.pk)
    if done.undone_at is not None:
        raise RosterRefused("undone", _("Dit was al teruggedraaid. Ververs de pagina."))
    if timezone.localdate(now) - timezone.localdate(done.at) > timedelta(days=UNDO_DAYS):
        raise RosterRefused("too_late", _("Dit is langer dan dertig dagen geleden. Terugdraaien kan niet meer."))
    try:
        journal.restore(done.moved)
    except ProtectedError as error:  # somebody gave a new colleague a place, a card or a role
        raise journal.ChangedSince from error
    done.undone_at = now
    done.save(update_fields=["undone_at"])
    _record("organisations.roster_undone", done, by, now)
    return done


def count_new(roster: Roster) -> int:
    """How many of the roster's colleagues are not known yet."""
    return len(roster.staff) - len(_known([person.email for person in roster.staff]))


def _known(emails: list[str]) -> dict[str, Person]:
    """People by address, also by a second address of theirs."""
    found = {person.email.lower(): person for person in Person.objects.filter(email__in=emails)}
    rows = EmailAddress.objects.filter(email__in=emails, verified=True).select_related("user")
    return found | {row.email.lower(): row.user for row in rows}


def _join(team: Team, person: Person, by: By, now: datetime) -> Journal:
    if not person.is_active or TeamMembership.objects.filter(team=team, person=person, to_date=None).exists():
        return []
    joined = TeamMembership(team=team, person=person, from_date=timezone.localdate(now))
    line = journal.create_row(joined)
    audit.record(act="organisations.member_joined", by=by, target=joined, school=team.school_id, at=now)
    return [line]


def _record(act: str, done: RosterImport, by: By, now: datetime) -> None:
    audit.record(act=act, by=by, target=done, school=done.school_id, governing_body=done.governing_body_id, at=now)
