"""Work for the task worker: PDFs are typeset beside the serving process, never in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django_tasks import task

from .services import records


@task()
def make_record_pdf(board_id: int, session_id: str, language: str) -> str:
    """Make the PDF of one session's record and return the name it is kept under."""
    return records.make_pdf(board_id=board_id, session_id=UUID(session_id), language=language)


@receiver(records.pdf_wanted)
def enqueue_record_pdf(board_id: int, session_id: UUID, language: str, **kwargs: Any) -> None:
    make_record_pdf.enqueue(board_id, str(session_id), language)
