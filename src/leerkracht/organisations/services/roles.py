"""Give, end and take back roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor
from leerkracht.accounts.services import audit
from leerkracht.organisations.models import GoverningBody, Region, Role, RoleAssignment, School
from leerkracht.organisations.rules.periods import check_not_ended, check_not_own, check_undo

By = Person | Actor


@dataclass(frozen=True)
class Post:
    """A role at its place; no school, governing body or region is everywhere."""

    role: Role
    school: School | None = None
    governing_body: GoverningBody | None = None
    region: Region | None = None


@transaction.atomic
def give_role(*, person: Person, post: Post, by: By, now: datetime) -> RoleAssignment:
    """Give a role from today; whoever has it there already keeps it, unchanged."""
    held, is_new = RoleAssignment.objects.get_or_create(
        person=person,
        role=post.role,
        school=post.school,
        governing_body=post.governing_body,
        region=post.region,
        to_date=None,
        defaults={"from_date": timezone.localdate(now)},
    )
    if is_new:
        _record("organisations.role_given", held, by, now)
    return held


@transaction.atomic
def end_role(*, held: RoleAssignment, by: Person, now: datetime) -> RoleAssignment:
    """End a role today; the rights that came with it end at the same moment."""
    held, today = _locked(held), timezone.localdate(now)
    check_not_own(is_own=held.person_id == by.pk)
    check_not_ended(to_date=held.to_date, on=today)
    held.to_date = max(today, held.from_date)
    held.save(update_fields=["to_date"])
    _record("organisations.role_ended", held, by, now)
    return held


@transaction.atomic
def restore_role(*, held: RoleAssignment, by: Person, now: datetime) -> RoleAssignment:
    """Take an ending back, as if it never was."""
    held = _locked(held)
    check_undo(to_date=held.to_date, on=timezone.localdate(now))
    again = RoleAssignment.objects.filter(
        person=held.person_id,
        role=held.role,
        school=held.school_id,
        governing_body=held.governing_body_id,
        region=held.region_id,
        to_date=None,
    ).first()
    if again:
        return again
    held.to_date = None
    held.save(update_fields=["to_date"])
    _record("organisations.role_returned", held, by, now)
    return held


def _locked(held: RoleAssignment) -> RoleAssignment:
    return RoleAssignment.objects.select_for_update(of=("self",)).select_related("person").get(pk=held.pk)


def _record(act: str, held: RoleAssignment, by: By, now: datetime) -> None:
    audit.record(act=act, by=by, target=held, school=held.school_id, governing_body=held.governing_body_id, at=now)
