"""Mail of the sign-in pages leaves after the answer: how long it takes must not tell whether an address is known."""

from __future__ import annotations

import contextvars
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.conf import settings
from django.db import connections

log = logging.getLogger("leerkracht.mail")
# By then the answer has gone, so that making the mail does not slow it down either.
PAUSE_SECONDS = 0.2
_thread = ThreadPoolExecutor(1, thread_name_prefix="outbox")


def post(send: Callable[[], object]) -> None:
    """Run ``send`` soon, on a thread of its own; what is still waiting when the process ends is sent first.

    A mail that could not leave is logged: nobody is told, and whoever waits for it asks a new code.
    """
    if settings.MAIL_AT_ONCE:
        send()
        return
    _thread.submit(contextvars.copy_context().run, partial(_send, send))


def _send(send: Callable[[], object]) -> None:
    time.sleep(PAUSE_SECONDS)
    try:
        send()
    except Exception:  # the edge of a thread: nobody else would hear of it
        log.exception("a mail of the sign-in pages could not leave")
    finally:
        connections.close_all()
