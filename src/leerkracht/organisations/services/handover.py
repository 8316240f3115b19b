"""Hand a coach's places over to colleagues on one day, and take it back while nobody changed them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.services import audit
from leerkracht.core.registry import journal
from leerkracht.core.registry.people import Journal
from leerkracht.organisations.models import Handover, Role, RoleAssignment
from leerkracht.organisations.rules import handover as rules

COACHING = (Role.EXPERT_COACH, Role.CHANGE_COACH)


@transaction.atomic
def hand_over(*, giver: Person, receivers: Mapping[int, Person], day: date, by: Person, now: datetime) -> Handover:
    """End the giver's roles named in ``receivers`` (by id) on ``day``, and begin the receiver's there the same day.

    Who has the role at that place already keeps it as it is.

    Raises
    ------
    HandoverRefused : a day that is past or too far, or nothing that goes over
    """
    rules.check_day(day, on=timezone.localdate(now))
    wanted = {key: person for key, person in receivers.items() if person.pk != giver.pk}
    still = Q(to_date=None) | Q(to_date__gt=day)
    rows = RoleAssignment.objects.select_for_update(of=("self",)).filter(still, person=giver, role__in=COACHING)
    going = list(rows.filter(pk__in=wanted).order_by("pk"))
    rules.check_something(len(going))
    lines: Journal = []
    for held in going:
        lines += _one(held, wanted[held.pk], day, by, now)
    done = Handover.objects.create(giver=giver, day=day, places=len(going), by=by, at=now, moved=lines)
    _record("organisations.portfolio_handed_over", done, by, now)
    return done


@transaction.atomic
def undo_handover(*, handover: Handover, by: Person, now: datetime) -> Handover:
    """Put every role back as it was.

    Raises
    ------
    HandoverRefused, ChangedSince : done before, too late, or a role was changed since
    """
    handover = Handover.objects.select_for_update(of=("self",)).select_related("giver").get(pk=handover.pk)
    today, is_undone = timezone.localdate(now), handover.undone_at is not None
    rules.check_undo_of_handover(day=handover.day, on=today, is_undone=is_undone)
    journal.restore(handover.moved)
    handover.undone_at = now
    handover.save(update_fields=["undone_at"])
    _record("organisations.handover_undone", handover, by, now)
    return handover


def _one(held: RoleAssignment, to: Person, day: date, by: Person, now: datetime) -> Journal:
    begin, until = max(day, held.from_date), held.to_date
    place = {"school_id": held.school_id, "governing_body_id": held.governing_body_id, "region_id": held.region_id}
    lines = [journal.change_row(held, to_date=begin)]
    _tell("organisations.role_ended", held, by, now)
    known = RoleAssignment.objects.filter(Q(to_date=None) | Q(to_date__gt=begin), person=to, role=held.role, **place)
    there = known.order_by("from_date", "pk").first()
    if there is None:
        given = RoleAssignment(person=to, role=held.role, from_date=begin, to_date=until, **place)
        lines.append(journal.create_row(given))
        _tell("organisations.role_given", given, by, now)
    elif there.from_date > begin:
        lines.append(journal.change_row(there, from_date=begin))
        _tell("organisations.role_given", there, by, now)
    return lines


def _tell(act: str, held: RoleAssignment, by: Person, now: datetime) -> None:
    audit.record(act=act, by=by, target=held, school=held.school_id, governing_body=held.governing_body_id, at=now)


def _record(act: str, handover: Handover, by: Person, now: datetime) -> None:
    audit.record(act=act, by=by, target=handover.giver, at=now)
