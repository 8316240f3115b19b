"""Erase somebody: the work stays, the name goes; and hand somebody all that is kept about them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from leerkracht.accounts.models import Person, PersonMerge
from leerkracht.accounts.rules import THE_SYSTEM, Actor
from leerkracht.core.kernel.sheets import csv_file
from leerkracht.core.registry.privacy import Erasure, Sheet, keepers
from leerkracht.core.rules import Refusal
from leerkracht.core.rules import gettext_noop as _

from . import audit

ERASED = "accounts.person_erased"
TAKEN = "accounts.own_data_taken"
READ_ME = """Dit is alles wat leerkracht over jou bewaart, op {day}.

Elk onderwerp staat in een eigen CSV-bestand, dat je met een spreadsheet opent. In alles.json staat hetzelfde voor
programma's. Waarom het bewaard wordt, hoe lang en wie het ziet, staat in het register van je school.

Klopt er iets niet? Vraag het je schoolcoach of schoolleider.
"""


class ErasureRefused(Refusal):
    pass


@transaction.atomic
def erase_person(*, person: Person, by: Person | Actor, now: datetime) -> Person:
    """Let go of everything that says who somebody is, in every room; what they did goes by "oud-collega" from now on.

    Raises
    ------
    ErasureRefused : erased before
    Refusal : a room says no, such as for the last of the central team; the text says what to do first
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at is not None:
        raise ErasureRefused("erased", _("Deze collega is al gewist."))
    asked = _asked(person, by, now)
    for keeper in keepers().values():
        keeper.check(asked)
    for keeper in reversed(keepers().values()):
        keeper.erase(asked)
    audit.record(act=ERASED, by=_still_there(by, asked), target=person, at=now)
    person.refresh_from_db()
    return person


@transaction.atomic
def all_of(*, person: Person, by: Person | Actor, now: datetime) -> bytes:
    """Return a ZIP with all that is kept about somebody: a CSV each, one JSON, and how to read them; leaves a line."""
    asked = _asked(person, by, now)
    found = [sheet for keeper in keepers().values() for sheet in keeper.collect(asked.ids, asked.emails)]
    audit.record(act=TAKEN, by=by, target=person, at=now)
    return _packed(found, now.date())


def _packed(found: Sequence[Sheet], on: date) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("LEESMIJ.txt", READ_ME.format(day=f"{on:%d-%m-%Y}"))
        whole = {sheet.name: [dict(zip(sheet.head, row, strict=True)) for row in sheet.rows] for sheet in found}
        pack.writestr("alles.json", json.dumps(whole, ensure_ascii=False, indent=1, default=str))
        for sheet in found:
            rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.rows]
            pack.writestr(f"{slugify(sheet.name)}.csv", csv_file(list(sheet.head), rows))
    return out.getvalue()


def _asked(person: Person, by: Person | Actor, now: datetime) -> Erasure:
    """Everybody who was this person: two that became one are erased as one."""
    people = Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person))
    ids = tuple(people.order_by("pk").values_list("pk", flat=True))
    others = EmailAddress.objects.filter(user__in=ids).values_list("email", flat=True)
    before = [_said(moved) for moved in PersonMerge.objects.filter(kept__in=ids).values_list("moved", flat=True)]
    emails = dict.fromkeys([*people.values_list("email", flat=True), *others, *(m for _n, ms in before for m in ms)])
    names = dict.fromkeys([*people.values_list("name", flat=True), *(n for ns, _m in before for n in ns)])
    names.pop("", None)
    return Erasure(ids, tuple(names), tuple(emails), by.pk if isinstance(by, Person) else None, now)


def _said(moved: Any) -> tuple[set[str], set[str]]:
    """Names and addresses that a journal of a merge holds: one of the two went by another before."""
    names: set[str] = set()
    emails: set[str] = set()
    waiting = [moved.get("accounts", [])]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            names |= {value["name"]} if isinstance(value.get("name"), str) else set()
            emails |= {value["email"]} if isinstance(value.get("email"), str) else set()
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return names, emails


def _still_there(by: Person | Actor, asked: Erasure) -> Person | Actor:
    """Who erases oneself is nobody afterwards; the row that remains has no name."""
    return THE_SYSTEM if isinstance(by, Person) and by.pk in asked.ids else by
