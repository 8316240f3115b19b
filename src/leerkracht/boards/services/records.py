"""Make the record of a session as a PDF: typeset by typst, tagged for who listens to it, kept in the file storage."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.dispatch import Signal
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..models import Board
from ..queries import records as record_queries
from ..queries.card_words import figure
from ..queries.records import Told

# Sent with board_id, session_id and language; the task worker's listener makes the file.
pdf_wanted = Signal()
FOLDER = "records"  # in the file storage
ROOM = Path(__file__).resolve().parent.parent
TEMPLATE = ROOM / "templates" / "boards" / "record.typ"
FONTS = ROOM.parent / "core" / "static" / "core" / "fonts"


def ask_for_pdf(*, board_id: int, session_id: UUID, language: str = "") -> None:
    """Let the task worker make the PDF; a listener that fails does not undo what was asked."""
    pdf_wanted.send_robust(
        sender=Board, board_id=board_id, session_id=session_id, language=language or settings.LANGUAGE_CODE
    )


def make_pdf(*, board_id: int, session_id: UUID, language: str) -> str:
    """Make and keep the PDF of one session and return its name; safe to repeat."""
    board = Board.objects.select_related("team", "school").get(pk=board_id)
    told = record_queries.record_for(board, session_id)
    if told is None:
        raise LookupError(f"board {board_id} has no session {session_id}")
    name = file_name(told, language)
    if not default_storage.exists(name):
        with override(language):
            default_storage.save(name, ContentFile(render_pdf(board, told, language)))
    return name


def file_name(told: Told, language: str) -> str:
    """The file of this record as it stands: a session that is opened again and closed anew gets another."""
    ended = told.session.ended_at
    stamp = round(ended.timestamp()) if ended else 0
    return f"{FOLDER}/{told.session.id}-{stamp}-{language}.pdf"


def render_pdf(board: Board, told: Told, language: str) -> bytes:
    """Typeset the record; the output is tagged (PDF/UA-1)."""
    content = json.dumps(_content(board, told, language), ensure_ascii=False)
    import typst  # reason: the serving process knows this module and never typesets

    return typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"record": content},
        pdf_standards=["ua-1"],
    )


def _content(board: Board, told: Told, language: str) -> dict[str, Any]:
    day = told.session.started_at.date() if told.session.started_at else told.session.planned_date
    team = board.team.name if board.team else _("Implementatieteam")
    return {
        "language": language,
        "title": _("Bordsessie %(team)s") % {"team": team},
        "subtitle": f"{board.school.name}, {_day(day)}",
        "headline": told.headline,
        "people": [_sitting_line(sitting, len(told.record.sittings)) for sitting in told.sittings],
        "lists": [{"title": title, "lines": lines} for title, lines in _lists(told) if lines],
        "table": _agreements(told),
        "next": told.summary()[-1],
        "page": _("bladzijde"),
    }


def _sitting_line(sitting: dict[str, Any], count: int) -> str:
    names = ", ".join(sitting["names"])
    if count == 1:
        return _("Aan het bord: %(names)s.") % {"names": names}
    return _("Groep %(number)s: %(names)s.") % {"number": sitting["number"], "names": names}


def _agreements(told: Told) -> dict[str, Any]:
    rows = [[a.text, told.name(a.owner), _day(a.due_date)] for a in (*told.record.new_actions, *told.record.carried)]
    return {"title": _("Afspraken"), "head": [_("Actie"), _("Wie"), _("Klaar op")], "rows": rows}


def _lists(told: Told) -> list[tuple[str, list[str]]]:
    record, session = told.record, told.session
    measured = [
        f"{m.goal.text}: {figure(m.now.value, m.goal.unit)}"
        + (_(" (was %(value)s)") % {"value": figure(m.before, m.goal.unit)} if m.before is not None else "")
        for m in record.measured
    ]
    return [
        (_("Successen"), [note.text for note in record.successes]),
        (_("Gemeten"), measured),
        (_("Nieuwe doelen"), [goal.text for goal in record.new_goals]),
        (_("Afgesloten doelen"), [goal.text for goal in record.closed_goals]),
        (_("Klaar"), [f"{a.text} ({told.name(a.owner)})" for a in record.done]),
        (_("Losgelaten"), [a.text for a in record.dropped]),
        (_("Planning"), [_planned(note) for note in record.planned]),
        (_("Geparkeerd"), [note.text for note in record.parked]),
        (_("Hulp gevraagd"), [note.text for note in record.help]),
        (_("Top"), [session.top] if session.top else []),
        (_("Tip"), [session.tip] if session.tip else []),
    ]


def _planned(note: Any) -> str:
    when = " ".join(filter(None, [_day(note.day) if note.day else "", note.time]))
    return f"{when}: {note.text}" if when else note.text


def _day(day: date) -> str:
    return date_format(day, "l j F Y").lower()
