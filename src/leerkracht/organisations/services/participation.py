"""In which stage of the programme a school is."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from leerkracht.accounts.models import Person
from leerkracht.accounts.rules import Actor
from leerkracht.accounts.services import audit
from leerkracht.organisations.models import Participation, School, Stage


@transaction.atomic
def set_stage(*, school: School, stage: Stage, since: date, by: Person | Actor, now: datetime) -> Participation:
    """Let a stage begin; the one before ends on that day. A school that is in it already stays as it is."""
    current = Participation.objects.select_for_update().filter(school=school, to_date=None).first()
    if current and current.stage == stage:
        return current
    if current:
        current.to_date = max(since, current.from_date)
        current.save(update_fields=["to_date"])
    new = Participation.objects.create(school=school, stage=stage, from_date=since)
    audit.record(act="organisations.stage_set", by=by, target=new, school=school, at=now)
    return new
