"""Take the foundation's own lists in, sheet by sheet, and take them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from leerkracht.accounts.models import Person
from leerkracht.accounts.services import audit
from leerkracht.accounts.services.audit import Line
from leerkracht.organisations.kernel.administration import (
    CHANGED,
    NEW,
    REFUSED,
    SAME,
    Plan,
    guess,
    guess_head,
    read_file,
)
from leerkracht.organisations.kernel.register import folded
from leerkracht.organisations.models import ColumnMemory, Invitation, SheetChange, SheetImport, SheetRows
from leerkracht.organisations.queries.administration import plan_of, remembered_heads, rows_of
from leerkracht.organisations.rules.imports import DRAFT_FOR, UNDO_FOR, check_draft, check_undo, check_untouched

from .import_tables import Kept, pointed_at, put_back, remember, snapshot, standing, write_all

_ACTS = {
    "person": ("accounts.person_made", "accounts.person_made"),
    "participation": ("organisations.stage_set", "organisations.stage_set"),
    "role": ("organisations.role_given", "organisations.role_dated"),
    "contact": ("organisations.contact_added", "organisations.contact_changed"),
}


@transaction.atomic
def upload_file(*, name: str, content: bytes, by: Person, now: datetime) -> list[SheetImport]:
    """Put the sheets of a file ready as drafts, with what they seem to be; a file that cannot be read is refused."""
    heads, batch, drafts = remembered_heads(), uuid4(), []
    for sheet in read_file(content):
        found = guess(sheet.rows, heads)
        draft = SheetImport.objects.create(
            batch=batch,
            file_name=name[-160:],
            sheet_name=sheet.name[:80],
            kind=found.kind,
            head=found.head,
            columns=_stored(found.columns),
            created_by=by,
            created_at=now,
        )
        SheetRows.objects.create(sheet=draft, rows=[[row.line, list(row.cells)] for row in sheet.rows])
        drafts.append(draft)
    audit.record(act="organisations.sheet_uploaded", by=by, target=drafts[0], at=now)
    return drafts


@transaction.atomic
def choose_kind(*, sheet: SheetImport, kind: str, head: int | None, by: Person, now: datetime) -> SheetImport:
    """Say what kind of sheet it is, or on which of its rows the head stands; the columns are guessed anew."""
    sheet = _locked(sheet)
    check_draft(state=sheet.state)
    rows, heads = rows_of(sheet), remembered_heads().get(kind, {})
    found = guess_head(rows if head is None else rows[head : head + 1], kind, heads)
    sheet.kind, sheet.head, sheet.is_understood = kind, found.head if head is None else head, False
    sheet.columns = _stored(found.columns)
    sheet.save(update_fields=["kind", "head", "columns", "is_understood"])
    audit.record(act="organisations.columns_chosen", by=by, target=sheet, at=now)
    return sheet


@transaction.atomic
def choose_columns(*, sheet: SheetImport, columns: Mapping[int, str], by: Person, now: datetime) -> SheetImport:
    """Confirm what each column says, and remember it for the next sheet of this kind."""
    sheet = _locked(sheet)
    check_draft(state=sheet.state)
    sheet.columns, sheet.is_understood = _stored(columns), True
    sheet.save(update_fields=["columns", "is_understood"])
    rows = rows_of(sheet)
    names = {folded(cell): columns.get(at, "") for at, cell in enumerate(rows[sheet.head].cells) if cell}
    memory, _made = ColumnMemory.objects.get_or_create(kind=sheet.kind)
    memory.heads = {head: key for head, key in (memory.heads | names).items() if head and key}
    memory.save(update_fields=["heads"])
    audit.record(act="organisations.columns_chosen", by=by, target=sheet, at=now)
    return sheet


@transaction.atomic
def choose_words(*, sheet: SheetImport, words: Mapping[str, str], by: Person, now: datetime) -> None:
    """Say what the foundation's own words for stages mean, now and the next time."""
    sheet = _locked(sheet)
    check_draft(state=sheet.state)
    memory, _made = ColumnMemory.objects.get_or_create(kind=sheet.kind)
    memory.words |= {folded(word): stage for word, stage in words.items()}
    memory.save(update_fields=["words"])
    audit.record(act="organisations.stage_words_chosen", by=by, target=sheet, at=now)


@transaction.atomic
def apply_sheet(*, sheet: SheetImport, by: Person, now: datetime) -> Plan:
    """Take in every row that can be; refused rows are kept aside with the reason. All or nothing."""
    sheet = _locked(sheet)
    check_draft(state=sheet.state)
    plan = plan_of(sheet, timezone.localdate(now))
    kept = write_all(plan.writes)
    remember(sheet, kept)
    counts = plan.counts()
    sheet.state, sheet.applied_at = SheetImport.State.APPLIED, now
    sheet.new, sheet.changed, sheet.same = counts[NEW], counts[CHANGED], counts[SAME]
    sheet.refused = counts[REFUSED]
    sheet.save()
    SheetRows.objects.filter(sheet=sheet).update(
        refused=[[o.line, o.refusal.message, _plain(o.refusal.values)] for o in plan.outcomes if o.refusal]
    )
    audit.record(act="organisations.sheet_applied", by=by, target=sheet, at=now)
    audit.record_many(lines=[_line(one, _ACTS[one.table][one.before is not None]) for one in kept], by=by, at=now)
    return plan


@transaction.atomic
def undo_sheet(*, sheet: SheetImport, by: Person, now: datetime) -> SheetImport:
    """Put back everything as it was before the sheet; refused as a whole when somebody changed a row since."""
    sheet = _locked(sheet)
    check_undo(state=sheet.state, applied_at=sheet.applied_at, now=now)
    changes = list(sheet.changes.order_by("line", "pk"))
    rows = _standing(changes)
    check_untouched(_at_fault(changes, rows))
    lines = [
        _line(
            Kept(change.table, change.line, rows[change.table, change.row_id], None), "organisations.sheet_row_undone"
        )
        for change in changes
    ]
    made = [str(change.after["email"]) for change in changes if change.table == "person"]
    Invitation.objects.filter(email__in=made, used=0, revoked_at=None).update(revoked_at=now)
    put_back(changes, rows)
    sheet.state, sheet.undone_at = SheetImport.State.UNDONE, now
    sheet.save(update_fields=["state", "undone_at"])
    audit.record(act="organisations.sheet_undone", by=by, target=sheet, at=now)
    audit.record_many(lines=lines, by=by, at=now)
    return sheet


@transaction.atomic
def drop_draft(*, sheet: SheetImport, by: Person, now: datetime) -> None:
    """Throw a draft away, with the other drafts of its file."""
    sheet = _locked(sheet)
    check_draft(state=sheet.state)
    audit.record(act="organisations.sheet_dropped", by=by, target=sheet, at=now)
    SheetImport.objects.filter(batch=sheet.batch, state=SheetImport.State.DRAFT).delete()


@transaction.atomic
def drop_old_uploads(now: datetime) -> int:
    """For the nightly purge: drafts go after a week, cells and what stood before after thirty days; says how many."""
    drafts, _per_table = SheetImport.objects.filter(
        state=SheetImport.State.DRAFT, created_at__lte=now - DRAFT_FOR
    ).delete()
    over = Q(sheet__applied_at__lt=now - UNDO_FOR)
    cells, _per_table = SheetRows.objects.filter(over).delete()
    changes, _per_table = SheetChange.objects.filter(over).delete()
    return drafts + cells + changes


def _standing(changes: Sequence[SheetChange]) -> dict[tuple[str, int], Model]:
    ids: dict[str, list[int]] = defaultdict(list)
    for change in changes:
        ids[change.table].append(change.row_id)
    return {(table, pk): row for table, keys in ids.items() for pk, row in standing(table, keys).items()}


def _at_fault(changes: Sequence[SheetChange], rows: Mapping[tuple[str, int], Model]) -> list[str]:
    """Rows that are gone, that changed since, or people whom something else points at by now; by line."""
    own: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        own[change.table].add(change.row_id)
    used = pointed_at(sorted(own["person"]), own)
    found = []
    for change in changes:
        row = rows.get((change.table, change.row_id))
        if (
            row is None
            or snapshot(change.table, row) != change.after
            or (change.table == "person" and change.row_id in used)
        ):
            found.append(str(change.line))
    return list(dict.fromkeys(found))


def _line(kept: Kept, act: str) -> Line:
    row = kept.row
    school, body = getattr(row, "school_id", None), getattr(row, "governing_body_id", None)
    return Line(act, (row._meta.label_lower, str(row.pk)), school, body)


def _locked(sheet: SheetImport) -> SheetImport:
    return SheetImport.objects.select_for_update(of=("self",)).select_related("raw").get(pk=sheet.pk)


def _stored(columns: Mapping[int, str]) -> dict[str, str]:
    return {str(position): key for position, key in columns.items() if key}


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}
